package org.usagestats.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a session found, in words and tables.
 *
 * @param readings all readings
 * @param jdks the JDKs in the order of their columns
 */
record Result(Readings readings, List<Jdk> jdks) {

    /** On a quiet machine the median of hello-world is not further than this above the best. */
    private static final double QUIET = 1.3;

    /** The README's table, then one a chapter, then the goals. */
    String text() {
        StringBuilder text = new StringBuilder("In short\n\n").append(summary()).append('\n');
        Set<String> headings = new LinkedHashSet<>();
        readings.programs().forEach(program -> headings.add(program.table()));
        for (String heading : headings) {
            text.append(heading).append("\n\n").append(table(heading)).append('\n');
        }
        return text.append("Numbers to reach\n\n")
                .append(goals())
                .append(warning())
                .toString();
    }

    /** Says so if the machine had other things to do. */
    private String warning() {
        StringBuilder text = new StringBuilder();
        for (Jdk jdk : jdks) {
            double wall = readings.wall(jdk, Programs.HELLO);
            double best = readings.best(jdk, Programs.HELLO);
            if (wall > QUIET * best) {
                text.append("\nThe machine was busy: with JDK " + jdk.version() + " hello-world took " + text(wall, 0)
                        + " ms, and " + text(best, 0) + " at best. Measure again when it is quiet.\n");
            }
        }
        return text.toString();
    }

    /** Writes every single reading, a line each. */
    void write(Path csv) throws IOException {
        List<String> lines = new ArrayList<>(List.of("jdk,program,wall_ms,cpu_ms,inside_ms,arrived"));
        for (Program program : readings.programs()) {
            for (Reading reading : readings.of(program)) {
                lines.add(String.join(
                        ",",
                        program.jdk().version(),
                        '"' + program.name().replace("\"", "\"\"") + '"',
                        text(reading.wall(), 3),
                        text(reading.cpu(), 0),
                        text(reading.inside(), 3),
                        Integer.toString(reading.arrived())));
            }
        }
        Files.write(csv, lines);
    }

    private Table summary() {
        List<String> header = new ArrayList<>(List.of("added to a run, in ms"));
        jdks.forEach(jdk -> header.add("JDK " + jdk.feature()));
        Table table = new Table(header);
        Set<String> names = new LinkedHashSet<>();
        for (Program program : readings.programs()) {
            if (Programs.isInSummary(program) && names.add(program.name())) {
                List<String> row = new ArrayList<>(List.of(program.name()));
                jdks.forEach(jdk -> row.add(text(added(jdk, program), 1)));
                table.add(row);
            }
        }
        return table;
    }

    private Table table(String heading) {
        List<String> header = new ArrayList<>(List.of("ms"));
        for (Jdk jdk : jdks) {
            header.addAll(List.of("JDK " + jdk.version(), "best", "added", "CPU", "in main", "arrived"));
        }
        Table table = new Table(header);
        Set<String> names = new LinkedHashSet<>();
        for (Program program : readings.programs()) {
            if (program.table().equals(heading) && names.add(program.name())) {
                table.add(row(program));
            }
        }
        return table;
    }

    private List<String> row(Program program) {
        List<String> row = new ArrayList<>(List.of(program.name()));
        for (Jdk jdk : jdks) {
            row.add(text(readings.wall(jdk, program.name()), 1));
            row.add(text(readings.best(jdk, program.name()), 1));
            boolean isBaseline = program.baseline().equals(program.name());
            row.add(isBaseline ? "" : text(added(jdk, program), 1));
            row.add(text(readings.cpu(jdk, program.name()), 0));
            row.add(text(readings.inside(jdk, program.name()), 1));
            row.add(text(readings.arrived(jdk, program.name()), 1));
        }
        return row;
    }

    private double added(Jdk jdk, Program program) {
        return readings.wall(jdk, program.name()) - readings.wall(jdk, program.baseline());
    }

    private Table goals() {
        Table table = new Table(List.of("", "JDK", "measured", "at most", "reached"));
        for (Jdk jdk : jdks) {
            for (Goal goal : Goals.of(readings, jdk)) {
                table.add(List.of(
                        goal.what(),
                        jdk.version(),
                        goal.measuredText(),
                        goal.limitText(),
                        goal.isReached() ? "yes" : "NO"));
            }
        }
        return table;
    }

    private static String text(double value, int digits) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
