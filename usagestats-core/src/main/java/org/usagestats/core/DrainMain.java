package org.usagestats.core;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.usagestats.api.Note;
import org.usagestats.spi.ConsentStore;

/**
 * The main class of a detached drain. Its one argument is the spool's directory; the rest it reads there. It says nothing,
 * and ends when the spool is drained, but at the latest after a minute.
 */
final class DrainMain {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private DrainMain() {}

    /**
     * Drains one spool.
     *
     * @param args the spool's directory
     */
    public static void main(String[] args) {
        if (args.length != 1) {
            System.exit(2);
        }
        endAfter(LIMIT.plusSeconds(2));
        try {
            drain(new SpoolDirectory(new File(args[0])));
        } catch (IOException | IllegalStateException failed) {
            DebugLog.say("the detached drain failed: " + failed);
        }
        // The HTTP client's own thread would hold the exit up; everything is on the disk by now.
        Runtime.getRuntime().halt(0);
    }

    private static void drain(SpoolDirectory directory) throws IOException {
        Spool spool = new Spool(directory);
        ChildFile child = ChildFile.read(spool);
        for (Note property : child.properties()) {
            System.setProperty(property.key(), property.value());
        }
        Plugins plugins = Plugins.besideCore();
        ConsentStore store = child.consentStore() == null
                ? new FileConsentStore(directory)
                : plugins.consentStore(child.consentStore()).open(child.program(), directory.path());
        Home home = Home.in(System.getenv());
        Policy policy = new Policy(home.system(), child.program());
        Switches switches = new Switches(child.variable(), System.getenv(), home.configuration(), policy);
        URI recipient = policy.dropPoint(child.transport().dropPoint());
        TransportSource source = new TransportSource(child.transport(), plugins, null).to(recipient);
        // Only what the user agreed to was recorded, so all that is left to know of the declaration is the recipient.
        Declared declared = new Declared(recipient, List.of(), false);
        ConsentBook consents = new ConsentBook(switches, store, spool, declared);
        drain(spool, consents, source);
    }

    /** Waits a little for the lock: programs take it for a moment to see whether a process is on its way, and this is it. */
    private static void drain(Spool spool, ConsentBook consents, TransportSource source) {
        long patience = System.nanoTime() + PATIENCE.toNanos();
        while (new Drain(spool, consents, source).runUnlessKeptOff(LIMIT) == null && patience - System.nanoTime() > 0) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** Ends the process in any case: a drain that hangs must not outlive its purpose. */
    private static void endAfter(Duration limit) {
        Thread watchdog = new Thread("usagestats-watchdog") {
            @Override
            public void run() {
                try {
                    Thread.sleep(limit.toMillis());
                } catch (InterruptedException woken) {
                    Thread.currentThread().interrupt();
                }
                Runtime.getRuntime().halt(1);
            }
        };
        watchdog.setDaemon(true);
        watchdog.start();
    }
}
