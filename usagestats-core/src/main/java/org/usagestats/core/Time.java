package org.usagestats.core;

/** The clocks that repetitions go by, and waiting by them. */
class Time {

    /** Runs evenly from an arbitrary start; on some systems it stands still while the machine sleeps. */
    long steadyMillis() {
        return System.nanoTime() / 1_000_000;
    }

    /** The time of day, which goes on while the machine sleeps and may be set to anything at any moment. */
    long wallMillis() {
        return System.currentTimeMillis();
    }

    /** Waits until somebody notifies the monitor, which the caller holds, but no longer than told. */
    @SuppressWarnings("WaitNotInLoop") // The caller looks at its clocks again, whatever woke it.
    void pause(Object monitor, long millis) throws InterruptedException {
        monitor.wait(millis);
    }

    void start(Thread thread) {
        thread.start();
    }
}
