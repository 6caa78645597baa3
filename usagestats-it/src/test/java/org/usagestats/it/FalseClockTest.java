package org.usagestats.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.api.UsageStats;
import org.usagestats.testkit.Fault;

/** A clock that was wrong, or is, makes no report too old. */
class FalseClockTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-02", "2024-01-01", "2099-12-31"})
    void whatWaitedBeforeTheClockWasWrongIsDeliveredWhileItIs(String date) throws Exception {
        try (DisturbedCollector collector = new DisturbedCollector(directory.resolve("reports"))) {
            Path spool = directory.resolve("stats");
            int first = collector.takeNumbers(2);
            try (UsageStats rightClock = collector.open(spool)) {
                DisturbedCollector.submit(rightClock, first, 1);
            }

            run(FalseClock.at(date), collector.program(spool, "in-process", first + 1, 1, "ends"));
            deliver(collector, spool);

            assertThat(collector.arrived(first, 2)).containsExactlyInAnyOrder(first, first + 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-02", "2024-01-01", "2099-12-31"})
    void whatWaitsFromAWrongClockIsDeliveredWhenItIsRight(String date) throws Exception {
        try (DisturbedCollector collector = new DisturbedCollector(directory.resolve("reports"))) {
            Path spool = directory.resolve("stats");
            int first = collector.takeNumbers(1);
            collector.open(spool).close();
            collector.network().always(Fault.refused());

            run(FalseClock.at(date), collector.program(spool, "in-process", first, 1, "ends"));
            collector.network().calm();
            deliver(collector, spool);

            assertThat(collector.arrived(first, 1)).containsExactly(first);
        }
    }

    private static void deliver(DisturbedCollector collector, Path spool) {
        try (UsageStats rightClock = collector.open(spool)) {
            assertThat(rightClock.deliver(Duration.ofSeconds(60)).remaining()).isZero();
        }
    }

    private static void run(List<String> clock, Command program) throws Exception {
        assertThat(program.after(clock).run()).isEqualTo(new Command.Ended(0, "submitted\n", ""));
    }
}
