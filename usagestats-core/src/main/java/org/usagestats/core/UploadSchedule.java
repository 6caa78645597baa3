package org.usagestats.core;

import java.time.Duration;

/**
 * When waiting reports are due to be delivered.
 *
 * <p>Under every schedule the first report after consent is due at once. The usual schedule spares most runs of a short
 * program everything but a file write.
 */
public final class UploadSchedule {

    private static final int HALF_FULL = Spool.LIMIT / 2;
    private static final Duration LONGEST_INTERVAL = Duration.ofDays(36_525);
    private static final long LONGEST_WAIT = Duration.ofDays(1).toMillis();

    private final long intervalMillis;

    private UploadSchedule(long intervalMillis) {
        this.intervalMillis = intervalMillis;
    }

    /**
     * Delivers at most once an interval, sooner only when the spool is half full.
     *
     * @param interval the least time from one delivery to the next, positive; more than a century is a century
     * @return the schedule
     * @throws IllegalArgumentException if the interval is not positive
     */
    public static UploadSchedule atMostEvery(Duration interval) {
        if (interval.isZero() || interval.isNegative()) {
            throw new IllegalArgumentException("the interval of an upload schedule is positive, not " + interval);
        }
        return new UploadSchedule((interval.compareTo(LONGEST_INTERVAL) < 0 ? interval : LONGEST_INTERVAL).toMillis());
    }

    /**
     * Delivers at each submit, as the Python library did. An attempt that got no answer does not keep the next one from
     * being made; what a collector answered does.
     *
     * @return the schedule
     */
    public static UploadSchedule everySubmit() {
        return new UploadSchedule(0);
    }

    /**
     * Says when reports are sent.
     *
     * @return half a sentence for users
     */
    @Override
    public String toString() {
        if (intervalMillis == 0) {
            return "whenever one is made";
        }
        return intervalMillis == Duration.ofHours(1).toMillis()
                ? "at most once an hour"
                : "at most once in " + Duration.ofMillis(intervalMillis);
    }

    /** Tells whether a drain should begin now, with so many reports waiting. */
    boolean isDue(DrainState state, long now, int waiting) {
        return waiting > 0 && next(state, now, waiting) == now;
    }

    /** Tells whether a drain should begin now though nothing was submitted; that never comes before the state's next try. */
    boolean isDueUnasked(DrainState state, long now, int waiting) {
        return isDue(state, now, waiting) && retry(state, now) == now;
    }

    /** From when on a drain may begin, with so many reports waiting; the present if it may now. */
    long next(DrainState state, long now, int waiting) {
        boolean heedsRetry = intervalMillis > 0 || state.answered();
        long retry = heedsRetry ? retry(state, now) : now;
        long regular = waiting >= HALF_FULL ? now : ahead(state.ended() + intervalMillis, now, intervalMillis);
        return Math.max(retry, regular);
    }

    /** When the next drain may begin after one that failed; the present if it may now. */
    static long retry(DrainState state, long now) {
        return ahead(state.retry(), now, LONGEST_WAIT);
    }

    /** A time if it lies ahead, else the present; one further ahead than can have been meant is the work of a clock that jumped. */
    private static long ahead(long time, long now, long longest) {
        return time > now && time - now <= longest ? time : now;
    }
}
