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

    /** One table a chapter, milliseconds in all, then the goals. */
    String text() {
        StringBuilder text = new StringBuilder();
        Set<String> headings = new LinkedHashSet<>();
        readings.programs().forEach(program -> headings.add(program.table()));
        for (String heading : headings) {
            text.append(heading).append("\n\n").append(table(heading)).append('\n');
        }
        return text.append("Numbers to reach\n\n").append(goals()).toString();
    }

    /** Writes every single reading, a line each. */
    void write(Path csv) throws IOException {
        List<String> lines = new ArrayList<>(List.of("jdk,program,wall_ms,cpu_ms,inside_ms"));
        for (Program program : readings.programs()) {
            for (Reading reading : readings.of(program)) {
                lines.add(String.join(
                        ",",
                        program.jdk().version(),
                        '"' + program.name().replace("\"", "\"\"") + '"',
                        text(reading.wall(), 3),
                        text(reading.cpu(), 0),
                        text(reading.inside(), 3)));
            }
        }
        Files.write(csv, lines);
    }

    private Table table(String heading) {
        List<String> header = new ArrayList<>(List.of("ms"));
        for (Jdk jdk : jdks) {
            header.addAll(List.of("JDK " + jdk.version(), "±", "added", "CPU", "in main"));
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
            double wall = readings.wall(jdk, program.name());
            row.add(text(wall, 1));
            row.add(text(readings.spread(jdk, program.name()), 1));
            boolean isBaseline = program.baseline().equals(program.name());
            row.add(isBaseline ? "" : text(wall - readings.wall(jdk, program.baseline()), 1));
            row.add(text(readings.cpu(jdk, program.name()), 0));
            row.add(text(readings.inside(jdk, program.name()), 1));
        }
        return row;
    }

    private Table goals() {
        Table table = new Table(List.of("", "JDK", "measured", "at most", "reached"));
        for (Jdk jdk : jdks) {
            for (Goal goal : Goal.of(readings, jdk)) {
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
