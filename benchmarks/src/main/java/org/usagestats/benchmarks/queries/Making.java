package org.usagestats.benchmarks.queries;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.usagestats.benchmarks.Jdk;
import org.usagestats.benchmarks.Others;

/**
 * What it takes to make columns and to read them, on one JDK.
 *
 * @param jdk the JDK
 * @param makeOne seconds to make the columns on one processor, until the first answer
 * @param makeAll seconds on all processors
 * @param open milliseconds from the start of a program to the open sink, the columns being there
 * @param first milliseconds to the first answer
 * @param load seconds to read nine columns of strings and the day, in a warm JVM
 * @param seenBytes what it takes in memory to count each report once
 * @param columnBytes what those ten columns take in memory with their values
 * @param diskBytes what all columns take on the disk
 */
record Making(
        Jdk jdk,
        double makeOne,
        double makeAll,
        double open,
        double first,
        double load,
        double seenBytes,
        double columnBytes,
        long diskBytes) {

    static final String NAME = "making columns";

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int TIMES = 3;
    private static final int STARTS = 5;
    private static final int LOADS = 9;

    /** Measures it, which leaves the columns there. */
    static Making of(Launch launch, Jdk jdk, Dataset dataset) throws IOException, InterruptedException {
        System.err.println(NAME + ", JDK " + jdk.version());
        List<String> opening = launch.program(jdk, "-XX:+UseParallelGC", "OpeningProgram", dataset.log(), 0);
        double makeOne = makeOnOne(launch, jdk, dataset);
        double makeAll = make(dataset, opening);
        Map<String, List<Double>> starts = new HashMap<>();
        for (int left = STARTS; left > 0; left--) {
            run(opening, starts);
        }
        Map<String, List<Double>> loads = new HashMap<>();
        run(loading(launch, jdk, dataset), loads);
        return new Making(
                jdk,
                makeOne,
                makeAll,
                median(starts, "open") / NANOS_PER_MILLI,
                median(starts, "first") / NANOS_PER_MILLI,
                median(loads, "load") / NANOS_PER_SECOND,
                median(loads, "seen"),
                median(loads, "columns"),
                dataset.columnBytes());
    }

    private static double makeOnOne(Launch launch, Jdk jdk, Dataset dataset) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (Others.isThere("one processor for the compiler too", "taskset", "--version")) {
            command.addAll(List.of("taskset", "-c", "0"));
        }
        command.addAll(launch.program(jdk, Launch.processors(1), "OpeningProgram", dataset.log(), 0));
        return make(dataset, command);
    }

    private static double make(Dataset dataset, List<String> command) throws IOException, InterruptedException {
        Map<String, List<Double>> numbers = new HashMap<>();
        for (int left = TIMES; left > 0; left--) {
            dataset.deleteColumns();
            run(command, numbers);
        }
        return median(numbers, "first") / NANOS_PER_SECOND;
    }

    private static double median(Map<String, List<Double>> numbers, String word) {
        return Medians.of(numbers.getOrDefault(word, List.of()));
    }

    private static List<String> loading(Launch launch, Jdk jdk, Dataset dataset) throws IOException {
        List<String> command =
                new ArrayList<>(launch.program(jdk, Launch.processors(1), "OpeningProgram", dataset.log(), LOADS));
        command.addAll(MadeUpReports.STRINGS);
        return command;
    }

    private static void run(List<String> command, Map<String, List<Double>> numbers)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        try (BufferedReader out = process.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                int space = line.indexOf(' ');
                numbers.computeIfAbsent(line.substring(0, space), first -> new ArrayList<>())
                        .add(Double.valueOf(line.substring(space + 1)));
            }
        }
        if (process.waitFor() != 0) {
            throw new IOException("this fails: " + String.join(" ", command));
        }
    }
}
