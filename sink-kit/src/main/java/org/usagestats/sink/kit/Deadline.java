package org.usagestats.sink.kit;

import org.usagestats.sink.QueryLimits;
import org.usagestats.sink.QueryTooLargeException;

/** Ends what takes too long; looks at the clock once for many reports. Not for use by several threads. */
final class Deadline {

    private static final int REPORTS_BETWEEN_LOOKS = 256;

    private final QueryLimits limits;
    private final long started = System.nanoTime();
    private int reports;

    Deadline(QueryLimits limits) {
        this.limits = limits;
    }

    /** Called for each report. */
    void require() throws QueryTooLargeException {
        if (reports++ % REPORTS_BETWEEN_LOOKS == 0
                && System.nanoTime() - started > limits.time().toNanos()) {
            throw QueryTooLargeException.tooLong(limits);
        }
    }
}
