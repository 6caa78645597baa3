package org.usagestats.demo;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneOffset;
import java.util.Random;

/** The calendar of a made-up year: its days are numbered from 0, and 364 is the last. */
final class Year {

    static final int DAYS = 365;

    /** How many users come on the last day for each that came on the first. */
    private static final double GROWTH = 6;

    private static final double MILLIS_A_DAY = 24 * 60 * 60 * 1000;

    /** How many reports come in each hour (UTC), as tenths of a percent of a day's: Europe and America at work. */
    private static final int[] HOURS = {
        14, 12, 11, 11, 13, 18, 30, 48, 62, 68, 66, 60, 58, 66, 74, 76, 70, 58, 48, 40, 34, 28, 21, 14
    };

    private final LocalDate first;
    private final double lastDay;
    private final Pick<Integer> hours = new Pick<>();

    Year(Instant end) {
        LocalDate last = LocalDate.ofInstant(end, ZoneOffset.UTC);
        this.first = last.minusDays(DAYS - 1);
        this.lastDay = Duration.between(last.atStartOfDay(ZoneOffset.UTC), end.atZone(ZoneOffset.UTC))
                        .toMillis()
                / MILLIS_A_DAY;
        for (int hour = 0; hour < HOURS.length; hour++) {
            hours.or(HOURS[hour], hour);
        }
    }

    /** Draws the day on which somebody installs the program; the later ones are the likelier. */
    int dayOfInstallation(Random random) {
        double share = random.nextDouble();
        double slope = GROWTH - 1;
        double passed = (Math.sqrt(1 + (GROWTH * GROWTH - 1) * share) - 1) / slope;
        // A ninth of the users was there before the year began.
        return random.nextInt(9) == 0 ? -random.nextInt(DAYS) : (int) (passed * DAYS);
    }

    /** How much is done on a day by those who work, or by those who play. */
    double liveliness(int day, User.Kind kind) {
        LocalDate date = first.plusDays(day);
        boolean weekend = date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY;
        boolean holidays = (date.getMonth() == Month.DECEMBER && date.getDayOfMonth() > 22)
                || (date.getMonth() == Month.JANUARY && date.getDayOfMonth() < 3);
        double wholeDay = switch (kind) {
            case WORK -> (weekend ? 0.12 : 1) * (holidays ? 0.3 : 1);
            case HOME -> (weekend ? 1.25 : 0.9) * (holidays ? 1.2 : 1);
            case MACHINE -> 1;
        };
        return wholeDay * length(day);
    }

    /** How much of a day is over when the year ends; only the last is not a whole one. */
    private double length(int day) {
        return day == DAYS - 1 ? lastDay : 1;
    }

    /** Draws a time of a day, in milliseconds since 1970. */
    long time(int day, Random random) {
        long passed = hours.draw(random) * 3_600_000L + random.nextInt(3_600_000);
        long midnight =
                first.plusDays(day).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        return midnight + (long) (passed * length(day));
    }
}
