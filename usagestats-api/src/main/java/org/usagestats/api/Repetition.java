package org.usagestats.api;

/** What a program submits again and again by {@link UsageStats#submitEvery}, until it stops it or ends. */
public interface Repetition extends AutoCloseable {

    /**
     * Stops it: nothing is made of it from now on, but for a report that is being made at this moment. What was submitted
     * stays. Has no effect on one that was stopped before. Touches no disk.
     */
    @Override
    void close();
}
