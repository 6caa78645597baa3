package org.usagestats.benchmarks.jmh;

import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/** Runs the JMH benchmarks, with JMH's own options, and prints the ratios that count. */
public final class Main {

    private Main() {}

    /**
     * Runs the benchmarks.
     *
     * @param args JMH's options
     * @throws CommandLineOptionException if an option is not one of JMH's
     * @throws RunnerException if a benchmark fails
     */
    public static void main(String[] args) throws CommandLineOptionException, RunnerException {
        Collection<RunResult> results = new Runner(new CommandLineOptions(args)).run();
        print("submit, of encoding + temporary file + rename", results, "Submitting.submit", "encodeWriteRename", 1.3);
        print("encoding, of StringBuilder + getBytes", results, "Encoding.textFormat", "Encoding.bare", 2);
    }

    private static void print(String what, Collection<RunResult> results, String ours, String bare, double limit) {
        double ratio = score(results, ours) / score(results, bare);
        System.out.println(String.format(Locale.ROOT, "%-50s %5.2f x (at most %.1f x)", what, ratio, limit));
    }

    /** The median, for a disk that others use as well is slow at times. */
    private static double score(Collection<RunResult> results, String benchmark) {
        return results.stream()
                .filter(result -> result.getParams().getBenchmark().endsWith(benchmark))
                .mapToDouble(result -> result.getPrimaryResult().getStatistics().getPercentile(50))
                .findFirst()
                .orElse(Double.NaN);
    }
}
