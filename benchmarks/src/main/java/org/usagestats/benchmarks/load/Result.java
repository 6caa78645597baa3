package org.usagestats.benchmarks.load;

import java.util.List;
import java.util.Locale;
import org.usagestats.benchmarks.Jdk;
import org.usagestats.benchmarks.Table;

/**
 * What a session found, in tables.
 *
 * @param slices all slices
 * @param jdks the JDKs in the order of their tables
 */
record Result(Slices slices, List<Jdk> jdks) {

    private static final double MILLI = 1000;

    String text() {
        StringBuilder text = new StringBuilder();
        for (Jdk jdk : jdks) {
            text.append("Collectors on JDK ").append(jdk.version()).append("\n\n");
            text.append(servers(jdk.version())).append('\n');
        }
        text.append("Others\n\n").append(servers("")).append("\nNumbers to reach\n\n");
        return text.append(goals()).toString();
    }

    private Table servers(String version) {
        Table table = new Table(List.of(
                "", "1: reports/s", "p50 us", "p99 us", "64: reports/s", "p50 ms", "p99 ms", "CPU us", "errors"));
        for (String name : slices.names(version)) {
            long errors = slices.errors(name, version, 1) + slices.errors(name, version, Contenders.MANY);
            table.add(List.of(
                    name,
                    text(slices.rate(name, version, 1), 0),
                    text(slices.median(name, version, 1), 0),
                    text(slices.slow(name, version, 1), 0),
                    text(slices.rate(name, version, Contenders.MANY), 0),
                    text(slices.median(name, version, Contenders.MANY) / MILLI, 2),
                    text(slices.slow(name, version, Contenders.MANY) / MILLI, 1),
                    text(slices.cpu(name, version, Contenders.MANY), 1),
                    Long.toString(errors)));
        }
        return table;
    }

    private Table goals() {
        Table table = new Table(Goal.HEADER);
        for (Jdk jdk : jdks) {
            for (Goal goal : Goals.of(slices, jdk.version())) {
                table.add(goal.row(jdk.version()));
            }
        }
        return table;
    }

    private static String text(double value, int digits) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
