package org.usagestats.sink.jsonl;

import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * For how long reports are kept.
 *
 * @param period counted from the UTC day on which they were received
 */
record Keep(Period period) {

    /** Nothing is deleted. */
    static final Keep FOR_EVER = new Keep(Period.ofYears(1_000_000));

    /** What a report is recognised by is kept as long as the report: for the window of ids and a day. */
    private static final int LEAST_DAYS = 31;

    private static final int SHORTEST_MONTH = 28;

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
        Period period = wish.matches() ? period(Integer.parseInt(wish.group(1)), wish.group(2)) : Period.ZERO;
        if (period.toTotalMonths() * SHORTEST_MONTH + period.getDays() < LEAST_DAYS) {
            throw new IllegalArgumentException("the option keep is a number of days, months or years, such as 90days or"
                    + " 25months, and at least " + LEAST_DAYS + "days, not \"" + text + "\"");
        }
        return new Keep(period);
    }

    private static Period period(int number, String unit) {
        return switch (unit) {
            case "day" -> Period.ofDays(number);
            case "month" -> Period.ofMonths(number);
            default -> Period.ofYears(number);
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
        return (clock.isBefore(newest) ? clock : newest).minus(period);
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
        if (period.getDays() > 0) {
            return period.getDays() + "days";
        }
        return period.getMonths() > 0 ? period.getMonths() + "months" : period.getYears() + "years";
    }
}
