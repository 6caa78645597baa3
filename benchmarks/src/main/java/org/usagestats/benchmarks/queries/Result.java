package org.usagestats.benchmarks.queries;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.usagestats.benchmarks.Jdk;
import org.usagestats.benchmarks.Table;
import org.usagestats.benchmarks.load.Goal;
import org.usagestats.benchmarks.queries.Contender.Field;
import org.usagestats.benchmarks.queries.TakingIn.Asked;

/** What came of a session, and the tables that show it. */
final class Result {

    private static final double MEGA = 1e6;
    private static final double PERCENT = 100;

    private final List<Jdk> jdks;
    private final int reports;
    private final double logBytes;
    private final double fileBytes;
    private final List<Making> making = new ArrayList<>();
    private final Map<String, Map<Asked, List<TakingIn.Reading>>> takingIn = new LinkedHashMap<>();
    private Times times = new Times();

    /**
     * Begins.
     *
     * @param jdks in the order of their tables
     */
    Result(List<Jdk> jdks, Dataset dataset) throws IOException {
        this.jdks = jdks;
        this.reports = dataset.reports();
        this.logBytes = dataset.logBytes();
        this.fileBytes = dataset.fileBytes();
    }

    /** Adds what columns take on a JDK. */
    void add(Making one) {
        making.add(one);
    }

    /** Sets how long answers took. */
    void set(Times answers) {
        times = answers;
    }

    /** Adds what was taken in on a JDK. */
    void add(Jdk jdk, Map<Asked, List<TakingIn.Reading>> readings) {
        takingIn.put(jdk.version(), readings);
    }

    String answers() {
        return titled(count(reports) + " reports, in ms", answers(Field.READY))
                + titled("The same in a file of " + count(fileBytes / MEGA) + " MB, in ms", answers(Field.FILE))
                + titled(count(Math.min(Main.MILLION, reports)) + " reports, in ms", answers(Field.MILLION));
    }

    private static String titled(String title, Table table) {
        return table.isEmpty() ? "" : title + "\n\n" + table + "\n";
    }

    private Table answers(Field field) {
        List<String> header = new ArrayList<>(List.of(""));
        Stream.of(Question.values()).map(Question::title).forEach(header::add);
        if (field == Field.FILE) {
            header.add("GB/s, q1");
        }
        Table table = new Table(header);
        for (Contender contender : times.contenders(field)) {
            List<String> row = new ArrayList<>(List.of(contender.title()));
            for (Question question : Question.values()) {
                row.add(text(times.median(contender, question), 2));
            }
            if (field == Field.FILE) {
                row.add(text(fileBytes / MEGA / times.median(contender, Question.ONE_KEY), 2));
            }
            table.add(row);
        }
        return table;
    }

    String columns() {
        return titled(
                "Columns of " + count(reports) + " reports in a log of " + count(logBytes / MEGA) + " MB",
                columnTable());
    }

    private Table columnTable() {
        Table table = new Table(List.of(
                "",
                "made, 1 processor: reports/s",
                "all: reports/s",
                "opened after ms",
                "first answer after ms",
                "loaded: reports/s",
                "memory: bytes a report",
                "and for ids",
                "disk: % of the log"));
        for (Making one : making) {
            table.add(List.of(
                    "JDK " + one.jdk().version(),
                    count(reports / one.makeOne()),
                    count(reports / one.makeAll()),
                    count(one.open()),
                    count(one.first()),
                    count(reports / one.load()),
                    text(one.columnBytes() / reports, 1),
                    text(one.seenBytes() / reports, 1),
                    text(PERCENT * one.diskBytes() / logBytes, 1)));
        }
        return table;
    }

    String takenIn() {
        return titled("Taking in, durably, on 64 connections", takenInTable());
    }

    private Table takenInTable() {
        Table table = new Table(List.of("", "reports/s", "p50 ms", "p99 ms", "answers/s"));
        takingIn.forEach((version, readings) -> {
            for (Asked how : Asked.values()) {
                List<TakingIn.Reading> those = readings.getOrDefault(how, List.of());
                table.add(List.of(
                        how.title() + ", JDK " + version,
                        count(Medians.of(those.stream()
                                .map(reading -> reading.slice().rate())
                                .toList())),
                        text(
                                median(those.stream()
                                        .map(reading -> reading.slice().median())),
                                2),
                        text(
                                median(those.stream()
                                        .map(reading -> reading.slice().slow())),
                                1),
                        text(
                                Medians.of(those.stream()
                                                .map(TakingIn.Reading::answers)
                                                .toList())
                                        / Main.SECONDS,
                                1)));
            }
        });
        return table;
    }

    private static double median(Stream<Double> micros) {
        return Medians.of(micros.toList()) / 1000;
    }

    /** How many reports a collector took in a second, or not a number. */
    double taken(String version, Asked how) {
        return Medians.of(takingIn.getOrDefault(version, Map.of()).getOrDefault(how, List.of()).stream()
                .map(reading -> reading.slice().rate())
                .toList());
    }

    String goals() {
        return titled("Numbers to reach", goalTable());
    }

    private Table goalTable() {
        Table table = new Table(Goal.HEADER);
        for (Jdk jdk : jdks) {
            for (Goal goal : Goals.of(this, jdk.version())) {
                table.add(goal.row(jdk.version()));
            }
        }
        return table;
    }

    List<Making> making() {
        return making;
    }

    Times times() {
        return times;
    }

    int reports() {
        return reports;
    }

    double logBytes() {
        return logBytes;
    }

    double fileBytes() {
        return fileBytes;
    }

    private static String count(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private static String text(double value, int digits) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
