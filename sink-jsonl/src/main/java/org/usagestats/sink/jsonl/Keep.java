package org.usagestats.sink.jsonl;

import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * For how long reports are kept, counted from the UTC day on which they were received.
 *
 * @param number of how many units
 * @param unit days, months or years
 */
record Keep(int number, ChronoUnit unit) {

    /** Nothing is deleted. */
    static final Keep FOR_EVER = new Keep(1_000_000, ChronoUnit.YEARS);

    /** What a report is recognised by is kept as long as the report: for the window of ids and a day. */
    private static final Duration LEAST = Duration.ofDays(31);

    /** On so many days must reports be received before a leap of the clock is believed. */
    private static final int DAYS_TO_BELIEVE = 7;

    /** How far so many days may lie apart without a leap. */
    private static final int NO_LEAP = 14;

    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,3})(day|month|year)s?");

    /**
     * Reads an operator's wish.
     *
     * @throws IllegalArgumentException if it cannot be met, in one line that says what is allowed
     */
    static Keep of(String text) {
        Matcher wish = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (wish.matches()) {
            Keep keep = new Keep(Integer.parseInt(wish.group(1)), unit(wish.group(2)));
            if (keep.unit.getDuration().multipliedBy(keep.number).compareTo(LEAST) >= 0) {
                return keep;
            }
        }
        throw new IllegalArgumentException("the option keep is a number of days, months or years, such as 90days or"
                + " 25months, and at least " + LEAST.toDays() + "days, not \"" + text + "\"");
    }

    private static ChronoUnit unit(String word) {
        return switch (word) {
            case "day" -> ChronoUnit.DAYS;
            case "month" -> ChronoUnit.MONTHS;
            default -> ChronoUnit.YEARS;
        };
    }

    /**
     * The first day whose reports are kept.
     *
     * @param days the days on which reports were received, oldest first, each once
     * @param clock the day it is by the clock
     */
    LocalDate firstKept(List<LocalDate> days, LocalDate clock) {
        LocalDate newest = newestBelieved(days);
        return (clock.isBefore(newest) ? clock : newest).minus(number, unit);
    }

    /** A clock that leapt ahead must not delete everything: its days count once there are some of them. */
    private static LocalDate newestBelieved(List<LocalDate> days) {
        if (days.size() < DAYS_TO_BELIEVE) {
            return LocalDate.EPOCH;
        }
        LocalDate newest = days.get(days.size() - 1);
        LocalDate confirmed = days.get(days.size() - DAYS_TO_BELIEVE);
        return newest.minusDays(NO_LEAP).isAfter(confirmed) ? confirmed : newest;
    }

    @Override
    public String toString() {
        return number + unit.name().toLowerCase(Locale.ROOT);
    }
}
