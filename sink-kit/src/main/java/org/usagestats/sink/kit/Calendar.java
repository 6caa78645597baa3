package org.usagestats.sink.kit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.usagestats.sink.Span;
import org.usagestats.sink.Value;

/** The spans of a calendar. Remembers the last one, since reports come by time; not for use by several threads. */
public final class Calendar {

    private final Span span;
    private final ZoneId zone;
    private Instant start = Instant.MAX;
    private Instant end = Instant.MIN;
    private Value label = Value.OTHER;

    /**
     * Prepares a calendar.
     *
     * @param span how long its spans are
     * @param zone where it is used
     */
    public Calendar(Span span, ZoneId zone) {
        this.span = span;
        this.zone = zone;
    }

    /**
     * Names the span that a time is in.
     *
     * @param time the time
     * @return {@link Span#label} as a string
     */
    public Value label(Instant time) {
        if (time.isBefore(start) || !time.isBefore(end)) {
            ZonedDateTime first = span.start(time.atZone(zone));
            start = first.toInstant();
            end = span.plus(first, 1).toInstant();
            label = Value.string(span.label(first));
        }
        return label;
    }

    /**
     * Counts the spans from one time's to another's.
     *
     * @param first a time
     * @param last another; if it is earlier, there are none
     * @return how many spans later its span begins
     */
    public long between(Instant first, Instant last) {
        return Math.max(0, span.between(span.start(first.atZone(zone)), span.start(last.atZone(zone))));
    }

    /** The beginning of the span of this name. */
    ZonedDateTime start(Value named) {
        return switch (span) {
            case MINUTE, HOUR -> OffsetDateTime.parse(named.text()).atZoneSameInstant(zone);
            default -> LocalDate.parse(named.text()).atStartOfDay(zone);
        };
    }

    /** The beginning of the span after the one that begins here. */
    ZonedDateTime next(ZonedDateTime begin) {
        return span.plus(begin, 1);
    }

    Value name(ZonedDateTime begin) {
        return Value.string(span.label(begin));
    }
}
