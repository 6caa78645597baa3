package org.usagestats.sink;

import java.time.Duration;

/**
 * What answering a question may cost at most. Not part of the question: the same question with other limits has the same
 * answer or none.
 *
 * @param time how long it may take, seen from its start
 * @param groups how many groups may be kept apart, before the question leaves any out
 */
public record QueryLimits(Duration time, int groups) {

    /** As long as it takes, and a million groups. */
    public static final QueryLimits NONE = new QueryLimits(Duration.ofDays(365), 1_000_000);
}
