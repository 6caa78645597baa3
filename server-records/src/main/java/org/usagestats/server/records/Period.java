package org.usagestats.server.records;

import java.time.Instant;

/**
 * A time in which reports were received.
 *
 * @param since its first instant, {@link Instant#MIN} if it has none
 * @param until the first instant after it, {@link Instant#MAX} if there is none
 */
public record Period(Instant since, Instant until) {

    /** The part of it before an instant. */
    Period before(Instant end) {
        return end.isBefore(until) ? new Period(since, end) : this;
    }

    /** Tells whether a report was received in it; always, if it has no bounds. */
    boolean holds(byte[] json) {
        if (since.equals(Instant.MIN) && until.equals(Instant.MAX)) {
            return true;
        }
        return StoredJson.received(json)
                .filter(time -> !time.isBefore(since) && time.isBefore(until))
                .isPresent();
    }
}
