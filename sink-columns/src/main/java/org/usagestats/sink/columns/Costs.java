package org.usagestats.sink.columns;

import java.util.List;
import org.usagestats.sink.QueryLimits;
import org.usagestats.sink.QueryTooLargeException;

/** What answering a question may cost, from now on. For use by several threads. */
public final class Costs {

    private final QueryLimits limits;
    private final long started = System.nanoTime();

    /** Starts the clock. */
    public Costs(QueryLimits limits) {
        this.limits = limits;
    }

    QueryLimits limits() {
        return limits;
    }

    /** Tells whether the time is up. */
    public boolean isLate() {
        return System.nanoTime() - started > limits.time().toNanos();
    }

    /**
     * Goes on if there is time left.
     *
     * @throws QueryTooLargeException if the time is up
     */
    public void requireTime() throws QueryTooLargeException {
        if (isLate()) {
            throw QueryTooLargeException.tooLong(limits);
        }
    }

    /** Where no report stands in several groups, so many groups stay so many. */
    void requireGroups(int groups, List<Axis> dimensions) throws QueryTooLargeException {
        if (groups > limits.groups()
                && dimensions.stream().noneMatch(axis -> axis.space().hasLists())) {
            throw QueryTooLargeException.tooManyGroups(limits);
        }
    }
}
