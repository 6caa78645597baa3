package org.usagestats.core;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.usagestats.api.Consent;
import org.usagestats.api.Drained;
import org.usagestats.spi.TransportConfig;
import org.usagestats.spi.TransportConfig.Plaintext;

/** A program's run over a directory, without threads: what is submitted, decided and drained happens in the order of the calls. */
final class SpoolUser {

    private static final URI COLLECTOR = URI.create("https://localhost/");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    final ScriptedTransport transport = new ScriptedTransport();
    final Spool spool;
    final ConsentBook consents;
    private final TransportSource source;

    SpoolUser(Directory directory) {
        spool = new Spool(directory);
        consents = new ConsentBook(
                new Switches("X", Map.of(), null, new Policy(new File("nowhere"), "x")),
                new FileConsentStore(directory),
                spool,
                new Declared(COLLECTOR, List.of(), true));
        source = new TransportSource(
                new TransportConfig(COLLECTOR, Plaintext.LOOPBACK, Optional.empty()), Plugins.besideCore(), transport);
    }

    /** Where consent stands, read afresh. */
    Consent.State state() {
        return consents.reread().state();
    }

    /** Submits a report as {@link Installation} does. Returns false if there is no consent to record. */
    boolean submit(String text, long now, int limit) throws IOException {
        if (!consents.consent().recording()) {
            return false;
        }
        spool.takeDropped();
        spool.store(text.getBytes(StandardCharsets.UTF_8), now, limit);
        return true;
    }

    Drained drain() {
        return new Drain(spool, consents, source).run(MINUTE);
    }

    /** Asks to be forgotten as {@link Installation} does. */
    void forget() throws IOException {
        Erasures erasures = new Erasures(spool, COLLECTOR);
        erasures.wish();
        erasures.takeUpIfFree(consents);
    }
}
