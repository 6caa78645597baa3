package org.usagestats.sink.kit;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.usagestats.sink.Selection;
import org.usagestats.sink.ServerField;
import org.usagestats.sink.Value;

/** Reads the times of reports, to the millisecond. */
public final class ReportTime {

    /** Where a report says when it was made. */
    public static final String DATE = "date";

    /** From so many seconds on, away from 1970, nothing is a time: about the years -29,719 and 33,658. */
    private static final long END = 1_000_000_000_000L;

    private ReportTime() {}

    /**
     * Tells in which field a time is.
     *
     * @param clock which time
     * @return a key at the top of reports
     */
    public static String key(Selection.Clock clock) {
        return clock == Selection.Clock.RECEIVED ? ServerField.SERVER_TIME : DATE;
    }

    /**
     * Reads a time.
     *
     * @param clock which time
     * @param value the value of its field
     * @return the time, or empty if the value is none: for the time of receipt a string of RFC 3339, for the time of the
     *     report Unix seconds with or without a fraction; in both cases less than 10<sup>12</sup> seconds away from 1970
     */
    public static Optional<Instant> read(Selection.Clock clock, Value value) {
        try {
            Optional<Instant> time = clock == Selection.Clock.RECEIVED
                    ? received(value)
                    : value.asNumber().map(ReportTime::reported);
            return time.filter(ReportTime::isPossible);
        } catch (DateTimeException | ArithmeticException notATime) {
            return Optional.empty();
        }
    }

    /**
     * Tells whether a report can have a time.
     *
     * @param time any time
     * @return whether it is less than 10<sup>12</sup> seconds away from 1970
     */
    public static boolean isPossible(Instant time) {
        return time.getEpochSecond() < END && time.getEpochSecond() > -END;
    }

    private static Optional<Instant> received(Value value) {
        return value.kind() == Value.Kind.STRING
                ? Optional.of(Instant.parse(value.text()).truncatedTo(ChronoUnit.MILLIS))
                : Optional.empty();
    }

    private static Instant reported(BigDecimal seconds) {
        return Instant.ofEpochMilli(
                seconds.movePointRight(3).setScale(0, RoundingMode.FLOOR).longValueExact());
    }
}
