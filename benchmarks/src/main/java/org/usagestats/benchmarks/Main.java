package org.usagestats.benchmarks;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs programs in turn, each in a JVM of its own, again and again, and prints what they cost. What they have in common is
 * measured as well, so that the differences are told: ratios and differences within one session mean something, times alone
 * do not.
 */
public final class Main {

    private Main() {}

    /**
     * Runs the benchmarks.
     *
     * @param args {@code --help} tells
     * @throws Exception if a program cannot be run, or does not do what it is measured for
     */
    public static void main(String[] args) throws Exception {
        Optional<Options> options = Arguments.read(args, Options.USAGE, Options::parse);
        if (options.isPresent()) {
            run(options.get());
        }
    }

    private static void run(Options options) throws IOException, InterruptedException, URISyntaxException {
        Result result = measure(options);
        System.out.print(result.text());
        if (options.csv() != null) {
            result.write(options.csv());
        }
    }

    private static Result measure(Options options) throws IOException, InterruptedException, URISyntaxException {
        Built built = Built.besideThis();
        Path work = Files.createTempDirectory(built.target(), "run-").toRealPath();
        try (LocalServer server = new LocalServer(work.resolve("received"))) {
            Stopwatch stopwatch = new Stopwatch(server, work);
            Surroundings around = new Surroundings(built, server, stopwatch, new Spools(work));
            List<Program> programs = new ArrayList<>();
            for (Jdk jdk : options.jdks()) {
                for (Program program : Programs.of(jdk, around)) {
                    if (options.wants(program)) {
                        programs.add(program);
                    }
                }
            }
            return new Result(run(programs, stopwatch, options.runs()), options.jdks());
        } finally {
            Directories.delete(work);
        }
    }

    /** Runs all programs once to warm the machine up, then as often as asked. */
    private static Readings run(List<Program> programs, Stopwatch stopwatch, int runs)
            throws IOException, InterruptedException {
        Readings readings = new Readings();
        for (int round = 0; round <= runs; round++) {
            System.err.print("\rround " + round + " of " + runs);
            for (Program program : programs) {
                Reading reading = stopwatch.run(program);
                if (round > 0) {
                    readings.add(program, reading);
                }
            }
        }
        System.err.println();
        return readings;
    }
}
