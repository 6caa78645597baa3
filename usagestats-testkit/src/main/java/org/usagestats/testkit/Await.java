package org.usagestats.testkit;

import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition, with a deadline: what a test does in place of sleeping. */
public final class Await {

    private static final Duration PAUSE = Duration.ofMillis(5);

    private Await() {}

    /**
     * Waits until a condition holds. It may look at files that others delete meanwhile: when one is gone before it is
     * read, the condition does not hold yet.
     *
     * @param what what is waited for, to be told if it does not come
     * @param deadline how long to wait at the most
     * @param condition looked at every few milliseconds
     * @throws Exception what the condition throws, but for a {@link NoSuchFileException}
     * @throws AssertionError if the deadline passed first
     */
    public static void until(String what, Duration deadline, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + deadline.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("waited " + deadline.toSeconds() + " s in vain: " + what);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static boolean holds(Callable<Boolean> condition) throws Exception {
        try {
            return condition.call();
        } catch (NoSuchFileException gone) {
            return false;
        } catch (UncheckedIOException failed) {
            if (failed.getCause() instanceof NoSuchFileException) {
                return false;
            }
            throw failed;
        }
    }
}
