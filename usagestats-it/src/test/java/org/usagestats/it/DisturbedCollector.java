package org.usagestats.it;

import static org.usagestats.api.Note.note;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.usagestats.api.UsageStats;
import org.usagestats.core.UploadSchedule;
import org.usagestats.core.UsageStatsClient;
import org.usagestats.testkit.ChaosProxy;

/** A collector as an operator runs it, behind a network as bad as the test wants it. */
final class DisturbedCollector implements AutoCloseable {

    private static final Pattern NUMBER = Pattern.compile("\"number\":\"(\\d+)\"");

    private final String sink;
    private final String[] options;
    private final ChaosProxy network;
    private RunningCollector collector;
    private int numbers;

    DisturbedCollector(Path reports, String... options) throws Exception {
        this.sink = "jsonl:" + reports;
        this.options = options;
        collector = RunningCollector.start(sink, options);
        network = ChaosProxy.before(collector.url());
    }

    ChaosProxy network() {
        return network;
    }

    /** Kills the collector, as a power cut would but for the disk, and starts it again at the same address. */
    void killAndRestart() throws Exception {
        String address = "127.0.0.1:" + collector.url().getPort();
        collector.close();
        collector = RunningCollector.start(Built.SERVER_DIST, sink, address, options);
    }

    /** Takes so many numbers that no report had yet, and returns the first. */
    int takeNumbers(int count) {
        numbers += count;
        return numbers - count;
    }

    /** A program with consent whose reports pass through the network. */
    UsageStats open(Path spool) {
        UsageStats stats = UsageStatsClient.builder("submit-main", "1.0")
                .location(spool)
                .dropPoint(network.dropPoint())
                .uploads(UploadSchedule.atMostEvery(Duration.ofDays(1)))
                .waitAtClose(Duration.ZERO)
                .open();
        stats.enableReporting();
        return stats;
    }

    /** Submits one report for each number of a range. */
    static void submit(UsageStats stats, int first, int count) {
        for (int number = first; number < first + count; number++) {
            stats.submit(note("number", number));
        }
    }

    /** A program of its own process that submits a report for each number of a range, for {@link SubmitMain} to run. */
    Command program(Path spool, String dispatch, int first, int count, String end) {
        String from = String.valueOf(first);
        return Command.submitMain(
                spool.toString(), network.dropPoint().toString(), dispatch, from, String.valueOf(count), end);
    }

    /** The numbers of a range that arrived, in the order in which the collector stored them, as often as it did. */
    List<Integer> arrived(int first, int count) throws Exception {
        List<Integer> arrived = new ArrayList<>();
        Matcher matcher = NUMBER.matcher(collector.get("/v1/download/import"));
        while (matcher.find()) {
            int number = Integer.parseInt(matcher.group(1));
            if (number >= first && number < first + count) {
                arrived.add(number);
            }
        }
        return arrived;
    }

    @Override
    public void close() throws IOException {
        network.close();
        collector.close();
    }
}
