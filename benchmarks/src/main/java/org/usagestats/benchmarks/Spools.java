package org.usagestats.benchmarks;

import static org.usagestats.api.Note.note;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.usagestats.api.Consent;
import org.usagestats.api.UsageStats;
import org.usagestats.core.UsageStatsClient;

/** Makes spools in the states that programs find them in, by the library itself. */
final class Spools {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Path work;
    private int made;

    Spools(Path work) {
        this.work = work;
    }

    /** An empty directory, for programs that use no spool of ours. */
    Spool empty() throws IOException {
        return spool(Files.createDirectory(next()));
    }

    /** The user said no. */
    Spool disabled(String url) throws IOException {
        Path template = next();
        try (UsageStats stats = open(template, url)) {
            expect(stats.disableReporting(), Consent.State.DISABLED);
        }
        return spool(template);
    }

    /** The user said yes, and nothing was ever sent: the first report is due at once. */
    Spool due(String url) throws IOException {
        return spool(enabled(url, 0));
    }

    /** The user said yes, a report was delivered just now, and the next delivery is due in an hour. */
    Spool nothingDue(String url) throws IOException {
        Path template = enabled(url, 1);
        try (UsageStats stats = open(template, url)) {
            if (stats.deliver(LIMIT).remaining() > 0) {
                throw new IllegalStateException("a report was not delivered to " + url);
            }
        }
        return spool(template);
    }

    /** The user said yes while so many reports waited. */
    Spool waiting(String url, int reports) throws IOException {
        return spool(enabled(url, reports));
    }

    /** A copy of a spool as it is now. */
    Spool copyOf(Spool spool) throws IOException {
        Path template = next();
        Directories.copy(spool.directory(), template);
        return spool(template);
    }

    private Path enabled(String url, int reports) throws IOException {
        Path template = next();
        try (UsageStats stats = open(template, url)) {
            for (int i = 0; i < reports; i++) {
                stats.note("mode", "compatibility");
                stats.submit(note("what", "Ran the program"));
            }
            expect(stats.enableReporting(), Consent.State.ENABLED);
        }
        return template;
    }

    private static UsageStats open(Path template, String url) {
        return UsageStatsClient.builder("cool-program", "0.1")
                .dropPoint(URI.create(url))
                .location(template)
                .open();
    }

    private static void expect(Consent consent, Consent.State state) {
        if (consent.state() != state) {
            throw new IllegalStateException("cannot measure here: " + consent.reason());
        }
    }

    private Spool spool(Path template) {
        return new Spool(work.resolve(template.getFileName() + "-run"), template);
    }

    private Path next() {
        made++;
        return work.resolve("spool-" + made);
    }
}
