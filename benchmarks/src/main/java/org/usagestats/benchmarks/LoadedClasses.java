package org.usagestats.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a program makes its JVM load. */
final class LoadedClasses {

    private static final String SOURCE = " source: ";
    private static final String OF_PROGRAMS = "org.usagestats.benchmarks.";

    private LoadedClasses() {}

    /** The library's classes that a program loads, in that order, found by running it once. */
    static List<String> of(Program program, Stopwatch stopwatch) throws IOException, InterruptedException {
        program.spool().restore();
        Process process = stopwatch.start(program.with(List.of("-Xlog:class+load:stdout")));
        String log = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return log.lines()
                .filter(line -> line.contains(SOURCE))
                .map(line ->
                        line.substring(line.indexOf(']', line.lastIndexOf("[class,load")) + 1, line.indexOf(SOURCE)))
                .map(String::strip)
                .filter(name -> name.startsWith("org.usagestats.") && !name.startsWith(OF_PROGRAMS))
                .toList();
    }
}
