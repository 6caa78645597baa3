package org.usagestats.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Drains on a daemon thread of this process.
 *
 * <p>A thread that is blocked in the network when the JVM exits holds the exit up by 300 ms, so a shutdown hook stops the
 * drain while it runs.
 */
final class InProcessDispatch implements Dispatch {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration GRACE = Duration.ofMillis(20);

    private final Spool spool;
    private final ConsentBook consents;
    private final TransportSource source;
    private @Nullable Drain current;
    private @Nullable Thread thread;

    InProcessDispatch(Spool spool, ConsentBook consents, TransportSource source) {
        this.spool = spool;
        this.consents = consents;
        this.source = source;
    }

    @Override
    public synchronized void start() {
        if (thread != null && thread.isAlive()) {
            return;
        }
        Drain drain = new Drain(spool, consents, source);
        Thread started = new Thread("usagestats-drain") {
            @Override
            public void run() {
                drain(drain);
            }
        };
        started.setDaemon(true);
        current = drain;
        thread = started;
        started.start();
    }

    @Override
    public void close(Duration wait) {
        Thread running;
        Drain drain;
        synchronized (this) {
            running = thread;
            drain = current;
        }
        if (running == null || drain == null) {
            return;
        }
        join(running, wait);
        drain.stop();
        join(running, GRACE);
    }

    private static void drain(Drain drain) {
        Thread hook = new Thread("usagestats-drain-stop") {
            @Override
            public void run() {
                drain.stop();
            }
        };
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException exiting) {
            return;
        }
        try {
            drain.run(LIMIT);
        } catch (RuntimeException failed) {
            DebugLog.say("the drain failed: " + failed);
        } finally {
            forget(hook);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException exiting) {
            DebugLog.say("the drain was stopped by the end of the program");
        }
    }

    private static void join(Thread thread, Duration limit) {
        try {
            thread.join(Math.max(1, limit.toMillis()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
