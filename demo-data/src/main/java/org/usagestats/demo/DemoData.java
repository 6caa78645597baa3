package org.usagestats.demo;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A year of reports of {@code paperboat}, a program that does not exist, and of its small sister {@code paperboat-server}.
 *
 * <p>What can be seen in it: more and more users, who work on weekdays and rest at the end of December; releases that most
 * take up within weeks and some never; 2.2.0, whose exports fail until 2.2.1 mends them; Java 17 giving way to 21 and 25;
 * Windows 10 giving way to 11, and Macs to ARM; sessions whose length is log-normal; users who come to try and do not
 * stay. Each report has the keys that this project's own client sends, and notes of the program: {@code command},
 * {@code feature} (none, one or several) and {@code outcome}.
 *
 * <p>The same number, seed and end make the same bytes.
 */
public final class DemoData {

    private static final int REPORTS_A_USER = 30;

    private final long reports;
    private final long seed;
    private final Year year;

    /**
     * Describes a year to make up.
     *
     * @param reports how many reports it has
     * @param seed what tells this year from others that could be made up
     * @param end when it ends
     */
    public DemoData(long reports, long seed, Instant end) {
        if (reports < 0) {
            throw new IllegalArgumentException("the number of reports is at least 0, not " + reports);
        }
        this.reports = reports;
        this.seed = seed;
        this.year = new Year(end);
    }

    /**
     * Writes a file of JSON Lines for {@code usagestats-server import}.
     *
     * @param args how many reports, the file, and if wanted the seed (1) and the year's end (now)
     * @throws IOException if the file cannot be written
     */
    public static void main(String[] args) throws IOException {
        if (args.length < 2 || args.length > 4) {
            throw new IllegalArgumentException("it takes: REPORTS FILE [SEED [END]]");
        }
        long seed = args.length > 2 ? Long.parseLong(args[2]) : 1;
        Instant end = args.length > 3 ? Instant.parse(args[3]) : Instant.now();
        try (BufferedWriter out = Files.newBufferedWriter(Path.of(args[1]))) {
            new DemoData(Long.parseLong(args[0]), seed, end).writeTo(out);
        }
    }

    /**
     * Writes all reports as JSON Lines, the earliest first.
     *
     * @param out takes them
     * @throws IOException if that fails
     */
    public void writeTo(Writer out) throws IOException {
        Random random = new Random(seed);
        List<User> users = users(random);
        long[] until = reportsUntil(users);
        for (int day = 0; day < Year.DAYS; day++) {
            long before = day == 0 ? 0 : until[day - 1];
            writeDay(day, (int) (until[day] - before), new Crowd(users, day, year), random, out);
        }
    }

    private List<User> users(Random random) {
        long wanted = Math.min(2_000_000, reports / REPORTS_A_USER + 1);
        List<User> users = new ArrayList<>();
        users.add(User.madeUp(0, random).whoStays());
        while (users.size() < wanted) {
            users.add(User.madeUp(year.dayOfInstallation(random), random));
        }
        return users;
    }

    /** Shares the reports out among the days: how many there are up to the end of each. */
    private long[] reportsUntil(List<User> users) {
        double[] eagerness = new double[Year.DAYS];
        double sum = 0;
        for (int day = 0; day < Year.DAYS; day++) {
            sum += new Crowd(users, day, year).eagerness();
            eagerness[day] = sum;
        }
        double all = sum;
        return Arrays.stream(eagerness)
                .mapToLong(passed -> Math.round(reports * (passed / all)))
                .toArray();
    }

    private void writeDay(int day, int count, Crowd crowd, Random random, Writer out) throws IOException {
        long[] times = IntStream.range(0, count)
                .mapToLong(report -> year.time(day, random))
                .sorted()
                .toArray();
        ReportLine line = new ReportLine(random);
        for (long time : times) {
            out.write(line.of(crowd.someone(random), day, time));
        }
    }
}
