package org.usagestats.core;

import java.time.Duration;

/** A short wait before looking again. */
final class Pause {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private Pause() {}

    /** Waits a little. Returns false at once if the time, by {@link System#nanoTime()}, is over or the thread is to end. */
    static boolean until(long deadline) {
        if (deadline - System.nanoTime() <= 0) {
            return false;
        }
        try {
            Thread.sleep(LOOK_AGAIN.toMillis());
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
