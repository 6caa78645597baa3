package org.usagestats.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.api.UsageStats;
import org.usagestats.core.UsageStatsClient;
import org.usagestats.testkit.ArrivedRequest;
import org.usagestats.testkit.LoopbackCollector;

/** A build that starts one small program after the other, each with a report that is due. */
@EnabledOnOs(OS.LINUX)
class CrowdOfProgramsTest {

    private static final int PROGRAMS = Boolean.getBoolean("usagestats.thorough") ? 500 : 60;

    /** All are started in ten seconds, if the machine keeps up with it: no more than this run at a time. */
    private static final long PACE_NANOS = Duration.ofSeconds(10).toNanos() / 500;

    private static final int LARGEST_CROWD = 40;

    /** One drains, by the spool's lock; on a busy machine the one before it may still be at its exit. */
    private static final int MOST_PROCESSES = 2;

    private static final Pattern NUMBER = Pattern.compile("\nnumber:(\\d+)\n");
    private static final Pattern DROPPED = Pattern.compile("\nusagestats\\.dropped:(\\d+)\n");

    @TempDir
    Path directory;

    private final Deque<Command.Running> crowd = new ArrayDeque<>();

    @Test
    void oneProcessAtATimeDeliversForAllOfThemAndEachReportArrivesOnce() throws Exception {
        Path stats = directory.toRealPath().resolve("stats");
        try (LoopbackCollector collector = LoopbackCollector.open();
                DrainCensus census = DrainCensus.of(stats)) {
            String dropPoint = collector.dropPoint().toString();
            Command.submitMain(stats.toString(), dropPoint, "in-process", "0", "0", "agrees")
                    .run();

            for (int number = 0; number < PROGRAMS; number++) {
                start(number, stats, dropPoint);
            }
            while (!crowd.isEmpty()) {
                endOne();
            }
            DrainProcesses.awaitEnd(stats);
            deliverTheRest(stats, collector);

            assertThat(census.seen()).as("processes that drained").isPositive();
            assertThat(census.most()).as("processes at a time").isLessThanOrEqualTo(MOST_PROCESSES);
            assertThat(numbers(collector)).hasSize(PROGRAMS - dropped(stats, collector));
        }
    }

    private void start(int number, Path stats, String dropPoint) throws Exception {
        LockSupport.parkNanos(PACE_NANOS);
        if (crowd.size() == LARGEST_CROWD) {
            endOne();
        }
        List<String> small = List.of("-Xmx16m");
        crowd.add(
                Command.submitMain(small, stats.toString(), dropPoint, "detached", String.valueOf(number), "1", "ends")
                        .start());
    }

    private void endOne() throws Exception {
        try (Command.Running running = crowd.remove()) {
            assertThat(running.end()).isEqualTo(new Command.Ended(0, "submitted\n", ""));
        }
    }

    /** Delivers what came when nobody was there to deliver it: while one drain ended, before the next was due. */
    private static void deliverTheRest(Path stats, LoopbackCollector collector) {
        try (UsageStats next = UsageStatsClient.builder("submit-main", "1.0")
                .location(stats)
                .dropPoint(collector.dropPoint())
                .open()) {
            assertThat(next.deliver(Duration.ofSeconds(60)).remaining()).isZero();
        }
    }

    /** The numbers of the reports; the same report again bears the same id, another one of the same number would fail. */
    private static List<Integer> numbers(LoopbackCollector collector) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        for (ArrivedRequest request : collector.received()) {
            Matcher matcher = NUMBER.matcher(request.text());
            assertThat(matcher.find()).as(request.text()).isTrue();
            numbers.put(request.header("Usagestats-Report-Id").orElseThrow(), Integer.valueOf(matcher.group(1)));
        }
        assertThat(numbers.values()).doesNotHaveDuplicates();
        assertThat(IntStream.range(0, PROGRAMS).boxed().toList()).containsAll(numbers.values());
        return List.copyOf(new TreeSet<>(numbers.values()));
    }

    /** How many reports the spool's bound removed: told by a report, or yet to be told. */
    private static int dropped(Path stats, LoopbackCollector collector) throws IOException {
        Path untold = stats.resolve("dropped");
        int dropped = Files.exists(untold) ? (int) Files.size(untold) : 0;
        for (ArrivedRequest request : collector.received()) {
            Matcher matcher = DROPPED.matcher(request.text());
            dropped += matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
        }
        return dropped;
    }
}
