package org.usagestats.sink;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** A stretch of the calendar, by which reports are gathered. Weeks are those of ISO 8601 and begin on Monday. */
public enum Span {
    /** A minute. */
    MINUTE,
    /** An hour. */
    HOUR,
    /** A calendar day, of 23 to 25 hours. */
    DAY,
    /** Seven days from a Monday on. */
    WEEK,
    /** A calendar month. */
    MONTH,
    /** Three months from January, April, July or October on. */
    QUARTER,
    /** A calendar year. */
    YEAR;

    /**
     * Finds the beginning of the span that holds a time.
     *
     * @param time the time, in the zone whose calendar counts
     * @return the first moment of that span in the same zone
     */
    public ZonedDateTime start(ZonedDateTime time) {
        return switch (this) {
            case MINUTE -> time.truncatedTo(ChronoUnit.MINUTES);
            case HOUR -> time.truncatedTo(ChronoUnit.HOURS);
            default -> startOfDays(time.toLocalDateTime(), time.getZone());
        };
    }

    private ZonedDateTime startOfDays(LocalDateTime time, ZoneId zone) {
        LocalDateTime day = time.truncatedTo(ChronoUnit.DAYS);
        LocalDateTime start = switch (this) {
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
            case QUARTER -> day.withDayOfMonth(1).withMonth((day.getMonthValue() - 1) / 3 * 3 + 1);
            case YEAR -> day.withDayOfYear(1);
            default -> day;
        };
        return start.toLocalDate().atStartOfDay(zone);
    }

    /**
     * Finds the beginning of a later span.
     *
     * @param start the beginning of a span, as {@link #start} gives it
     * @param spans how many spans later; negative for earlier ones
     * @return the first moment of that span
     */
    public ZonedDateTime plus(ZonedDateTime start, long spans) {
        return switch (this) {
            case MINUTE -> start.plusMinutes(spans);
            case HOUR -> start.plusHours(spans);
            case DAY -> start.toLocalDate().plusDays(spans).atStartOfDay(start.getZone());
            case WEEK -> start.toLocalDate().plusWeeks(spans).atStartOfDay(start.getZone());
            case MONTH -> start.toLocalDate().plusMonths(spans).atStartOfDay(start.getZone());
            case QUARTER -> start.toLocalDate().plusMonths(3 * spans).atStartOfDay(start.getZone());
            case YEAR -> start.toLocalDate().plusYears(spans).atStartOfDay(start.getZone());
        };
    }

    /**
     * Counts the whole spans between the beginnings of two spans.
     *
     * @param start the beginning of a span
     * @param end the beginning of the same or a later span
     * @return how many spans the second begins after the first
     */
    public long between(ZonedDateTime start, ZonedDateTime end) {
        return switch (this) {
            case MINUTE -> ChronoUnit.MINUTES.between(start, end);
            case HOUR -> ChronoUnit.HOURS.between(start, end);
            case DAY -> ChronoUnit.DAYS.between(start.toLocalDate(), end.toLocalDate());
            case WEEK -> ChronoUnit.WEEKS.between(start.toLocalDate(), end.toLocalDate());
            case MONTH -> ChronoUnit.MONTHS.between(start.toLocalDate(), end.toLocalDate());
            case QUARTER -> ChronoUnit.MONTHS.between(start.toLocalDate(), end.toLocalDate()) / 3;
            case YEAR -> ChronoUnit.YEARS.between(start.toLocalDate(), end.toLocalDate());
        };
    }

    /**
     * Names the span that begins at a time.
     *
     * @param start the beginning of a span
     * @return the date of its first day; with the time of day and the offset (RFC 3339) for minutes and hours
     */
    public String label(ZonedDateTime start) {
        return switch (this) {
            case MINUTE, HOUR ->
                start.toOffsetDateTime().truncatedTo(ChronoUnit.SECONDS).toString();
            default -> start.toLocalDate().toString();
        };
    }

    /** The word for it in a question, such as {@code week}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
