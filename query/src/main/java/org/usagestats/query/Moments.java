package org.usagestats.query;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.usagestats.sink.Span;

/**
 * Reads times and periods, as they are seen from a moment in a zone. Immutable.
 *
 * <p>{@code 24h} are 24 hours of the calendar, {@code 7d} seven days, {@code 12mo} twelve months, this one among them and
 * taken to the end of the hour or the day: so a question asked twice in a day is the same, and its answer can be kept.
 */
final class Moments {

    private static final Pattern LAST = Pattern.compile("([1-9][0-9]{0,3})(h|d|w|mo|y)");
    private static final int LATEST_YEAR = 9999;

    private final ZonedDateTime now;

    /**
     * A stretch of time.
     *
     * @param from its first moment, if it has one
     * @param to the first moment after it, if there is one
     */
    record Bounds(Optional<Instant> from, Optional<Instant> to) {}

    Moments(Instant now, ZoneId zone) {
        this.now = now.atZone(zone);
    }

    /** Reads a day or a moment (RFC 3339). */
    Instant moment(String text) throws Mistake {
        try {
            Instant moment = text.indexOf('T') < 0
                    ? LocalDate.parse(text).atStartOfDay(now.getZone()).toInstant()
                    // A plus in an address means a space.
                    : OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
            if (moment.isBefore(Instant.EPOCH) || moment.atZone(now.getZone()).getYear() > LATEST_YEAR) {
                throw new Mistake("it is from 1970 to the year " + LATEST_YEAR + ", not " + text);
            }
            return moment;
        } catch (DateTimeException neither) {
            throw new Mistake("it is a day as 2026-03-01 or a time as 2026-03-01T12:00:00Z, not " + Words.quoted(text));
        }
    }

    /** Reads a period. */
    Bounds period(String text) throws Mistake {
        return switch (text) {
            case "all" -> new Bounds(Optional.empty(), Optional.empty());
            case "day" -> toEndOf(Span.DAY, 1, Span.DAY);
            case "week" -> toEndOf(Span.WEEK, 1, Span.DAY);
            case "month" -> toEndOf(Span.MONTH, 1, Span.DAY);
            case "quarter" -> toEndOf(Span.QUARTER, 1, Span.DAY);
            case "year" -> toEndOf(Span.YEAR, 1, Span.DAY);
            default -> last(text);
        };
    }

    private Bounds last(String text) throws Mistake {
        Matcher parts = LAST.matcher(text);
        if (!parts.matches()) {
            throw new Mistake(
                    "it is the last hours, days, weeks, months or years, as 24h, 30d, 12w, 12mo, 2y, or one of day,"
                            + " week, month, quarter, year, all, not " + Words.quoted(text));
        }
        int spans = Integer.parseInt(parts.group(1));
        return switch (parts.group(2)) {
            case "h" -> toEndOf(Span.HOUR, spans, Span.HOUR);
            case "d" -> toEndOf(Span.DAY, spans, Span.DAY);
            case "w" -> toEndOf(Span.WEEK, spans, Span.DAY);
            case "mo" -> toEndOf(Span.MONTH, spans, Span.DAY);
            default -> toEndOf(Span.YEAR, spans, Span.DAY);
        };
    }

    /** So many spans with the present one, which ends with the present of another span. */
    private Bounds toEndOf(Span span, int spans, Span end) {
        ZonedDateTime from = span.plus(span.start(now), 1L - spans);
        ZonedDateTime to = end.plus(end.start(now), 1);
        return new Bounds(Optional.of(from.toInstant()), Optional.of(to.toInstant()));
    }
}
