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
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);
    private static final Duration GRACE = Duration.ofMillis(20);

    private final Spool spool;
    private final ConsentBook consents;
    private final TransportSource source;
    private @Nullable Drain current;
    private @Nullable Thread thread;
    private boolean wantedAgain;
    private boolean closed;

    InProcessDispatch(Spool spool, ConsentBook consents, TransportSource source) {
        this.spool = spool;
        this.consents = consents;
        this.source = source;
    }

    @Override
    public synchronized void start() {
        if (thread != null) {
            wantedAgain = true;
            return;
        }
        Thread started = new Thread("usagestats-drain") {
            @Override
            public void run() {
                drainWhileWanted();
            }
        };
        started.setDaemon(true);
        current = new Drain(spool, consents, source);
        // A system that grants no more threads makes this throw; then nothing was started.
        started.start();
        thread = started;
    }

    @Override
    public void close(Duration wait) {
        Thread running;
        synchronized (this) {
            closed = true;
            running = thread;
        }
        if (running != null) {
            join(running, wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
            stopCurrent();
            join(running, GRACE);
        }
    }

    private void drainWhileWanted() {
        Thread hook = new Thread("usagestats-drain-stop") {
            @Override
            public void run() {
                stopCurrent();
            }
        };
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException exiting) {
            return;
        }
        try {
            for (Drain drain = wanted(); drain != null; drain = wantedNext()) {
                drain.runUnlessKeptOff(LIMIT);
            }
        } catch (Throwable failed) {
            DebugLog.say("the drain failed: " + DebugLog.told(failed));
            end();
        } finally {
            forget(hook);
        }
    }

    private synchronized void end() {
        thread = null;
        current = null;
    }

    private synchronized @Nullable Drain wanted() {
        return current;
    }

    /** The next drain, if one was asked for while the last one ran; otherwise the thread ends. */
    private synchronized @Nullable Drain wantedNext() {
        boolean goesOn = wantedAgain && !closed;
        wantedAgain = false;
        thread = goesOn ? thread : null;
        current = goesOn ? new Drain(spool, consents, source) : null;
        return current;
    }

    private void stopCurrent() {
        Drain drain = wanted();
        if (drain != null) {
            drain.stop();
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
