package org.usagestats.benchmarks.load;

import java.time.Duration;
import java.util.List;

/**
 * What was seen in a few seconds of load.
 *
 * @param rate requests answered in a second
 * @param median half of the answers took at most this, in microseconds
 * @param slow 99 of 100 answers took at most this, in microseconds
 * @param cpu the server's processor time for each, in microseconds
 * @param errors requests that failed or were not answered with success
 */
public record Slice(double rate, double median, double slow, double cpu, long errors) {

    private static final String MARK = "slice ";

    /**
     * Reads what wrk's script, or a program instead of it, says: a number, microseconds, errors and two quantiles.
     *
     * @param cpu what the server took of the processors meanwhile
     */
    static Slice read(List<String> lines, Duration cpu) {
        String[] numbers = lines.stream()
                .filter(line -> line.startsWith(MARK))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no figures in: " + String.join("\n", lines)))
                .split(" ", -1);
        long requests = Long.parseLong(numbers[1]);
        double seconds = Long.parseLong(numbers[2]) / 1e6;
        return new Slice(
                requests / seconds,
                Long.parseLong(numbers[4]),
                Long.parseLong(numbers[5]),
                cpu.toNanos() / 1e3 / requests,
                Long.parseLong(numbers[3]));
    }
}
