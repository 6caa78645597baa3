package org.usagestats.sink;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which reports a question is about, and which of their times counts.
 *
 * @param newest how many of the newest reports to look at, by the time of their receipt and before any other condition;
 *     empty for all
 * @param filter which of those
 * @param from the first moment that counts, or empty
 * @param to the first moment that counts no more, or empty
 * @param clock which of a report's times counts, for the period and for dimensions of time; a report without it is in no
 *     period and without the path
 * @param zone whose calendar counts for dimensions of time
 */
public record Selection(
        OptionalLong newest, Filter filter, Optional<Instant> from, Optional<Instant> to, Clock clock, ZoneId zone) {

    /** Which of a report's times counts. */
    public enum Clock {
        /** When the collector received it. */
        RECEIVED,
        /** When it was made, by its {@code date} in Unix seconds; that of a client whose clock may be wrong. */
        REPORTED
    }

    /** All reports, by the time of their receipt, in UTC. */
    public static final Selection ALL = new Selection(
            OptionalLong.empty(), Filter.ALL, Optional.empty(), Optional.empty(), Clock.RECEIVED, ZoneOffset.UTC);

    /** Refuses to look at no report at all. */
    public Selection {
        if (newest.isPresent() && newest.getAsLong() < 1) {
            throw new IllegalArgumentException("the number of newest reports is at least 1, not " + newest.getAsLong());
        }
    }

    /**
     * Looks at the newest reports only.
     *
     * @param reports how many, at least 1
     * @return a new selection
     * @throws IllegalArgumentException if the number is not positive
     */
    public Selection newest(long reports) {
        return new Selection(OptionalLong.of(reports), filter, from, to, clock, zone);
    }

    /**
     * Selects by another filter.
     *
     * @param wanted the filter
     * @return a new selection
     */
    public Selection filter(Filter wanted) {
        return new Selection(newest, wanted, from, to, clock, zone);
    }

    /**
     * Selects reports from a moment on.
     *
     * @param first the first moment
     * @return a new selection
     */
    public Selection from(Instant first) {
        return new Selection(newest, filter, Optional.of(first), to, clock, zone);
    }

    /**
     * Selects reports before a moment.
     *
     * @param end the first moment that counts no more
     * @return a new selection
     */
    public Selection to(Instant end) {
        return new Selection(newest, filter, from, Optional.of(end), clock, zone);
    }

    /**
     * Lets another time of the reports count.
     *
     * @param which the clock
     * @return a new selection
     */
    public Selection clock(Clock which) {
        return new Selection(newest, filter, from, to, which, zone);
    }

    /**
     * Lets another calendar count.
     *
     * @param whose the zone
     * @return a new selection
     */
    public Selection zone(ZoneId whose) {
        return new Selection(newest, filter, from, to, clock, whose);
    }
}
