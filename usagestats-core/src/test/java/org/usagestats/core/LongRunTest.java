package org.usagestats.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.usagestats.api.Note.note;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.api.Part;
import org.usagestats.api.Repetition;
import org.usagestats.api.Report;
import org.usagestats.api.UsageStats;
import org.usagestats.spi.Delivery;
import org.usagestats.spi.Delivery.Answer;
import org.usagestats.testkit.Await;

class LongRunTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** The first delay, and a step until it is noticed that the clock moved. */
    private static final Duration A_WHILE = Duration.ofMinutes(15);

    @TempDir
    Path directory;

    private final FakeTime time = new FakeTime(1_800_000_000_000L);
    private final ScriptedTransport transport = new ScriptedTransport();
    private final AtomicInteger made = new AtomicInteger();
    private final List<String> shown = new ArrayList<>();
    private UsageStats stats;

    @AfterEach
    void close() {
        if (stats != null) {
            stats.close();
        }
    }

    @Test
    void theFirstReportComesSomeMinutesAfterTheStartAndEachNextAfterAnInterval() {
        open().enableReporting();
        stats.note("noted", "meanwhile");
        repeat(DAY);

        time.pass(MINUTE.minusMillis(1));
        assertThat(made).hasValue(0);
        time.pass(Rhythm.LONGEST_DELAY);
        assertThat(made).hasValue(1);
        assertThat(reports().get(0).text()).contains("\nnoted:meanwhile\nmade:1\n");
        time.pass(DAY.minus(A_WHILE));
        assertThat(made).hasValue(1);
        time.pass(A_WHILE);
        assertThat(made).hasValue(2);
        time.pass(DAY.multipliedBy(10));
        assertThat(made).hasValue(12);
        assertThat(reports()).hasSize(12);
    }

    @Test
    void aRestartRemembersWhenTheLastReportWasMade() {
        open().enableReporting();
        repeat(DAY);
        time.pass(A_WHILE);
        for (int i = 0; i < 20; i++) {
            reopen();
            repeat(DAY);
            time.pass(Duration.ofHours(1));
        }
        assertThat(made).hasValue(1);

        time.pass(Duration.ofHours(5));
        assertThat(made).hasValue(2);
    }

    @Test
    void aProgramThatWasAwayForLongReportsSomeMinutesAfterItsStart() {
        open().enableReporting();
        repeat(DAY);
        time.pass(A_WHILE);
        stats.close();
        time.pass(DAY.multipliedBy(3));
        open();
        repeat(DAY);

        assertThat(made).hasValue(1);
        time.pass(Rhythm.LONGEST_DELAY);
        assertThat(made).hasValue(2);
    }

    @Test
    void twoProcessesOfTheProgramReportOnceAnInterval() {
        open().enableReporting();
        repeat(DAY);
        FakeTime otherTime = new FakeTime(time.wallMillis());
        try (UsageStats other = builder().time(otherTime).open()) {
            other.submitEvery(DAY, this::parts);
            for (int second = 0; second < A_WHILE.toSeconds(); second++) {
                time.pass(Duration.ofSeconds(1));
                otherTime.pass(Duration.ofSeconds(1));
            }
            assertThat(made).hasValue(1);
            for (int minute = 0; minute < DAY.toMinutes() * 3; minute++) {
                time.pass(MINUTE);
                otherTime.pass(MINUTE);
            }
        }
        assertThat(made).hasValue(4);
    }

    @Test
    void eachRepetitionHasARhythmOfItsOwnAndOneThatIsStoppedIsHeardNoMore() {
        open().enableReporting();
        Repetition daily = repeat(DAY);
        AtomicInteger weekly = new AtomicInteger();
        stats.submitEvery(Duration.ofDays(7), () -> List.of(note("weekly", weekly.incrementAndGet())));
        time.pass(Duration.ofDays(6));
        assertThat(made).hasValue(6);
        assertThat(weekly).hasValue(1);
        assertThat(time.threads()).isEqualTo(1);

        daily.close();
        daily.close();
        time.pass(Duration.ofDays(6));
        assertThat(made).hasValue(6);
        assertThat(weekly).hasValue(2);
    }

    @Test
    void aRepetitionThatIsStoppedAndAskedForAgainRemembersAndTheThreadEndsWithTheLast() {
        open().enableReporting();
        Repetition first = repeat(DAY);
        time.pass(A_WHILE);
        first.close();
        assertThat(time.hasThread()).isFalse();

        repeat(DAY);
        time.pass(DAY.minus(A_WHILE.multipliedBy(2)));
        assertThat(made).hasValue(1);
        time.pass(A_WHILE.multipliedBy(3));
        assertThat(made).hasValue(2);
    }

    @Test
    void withoutConsentThereIsNoThreadAndTheUserIsPrompted() {
        open();
        repeat(DAY);
        time.pass(DAY);
        assertThat(shown).hasSize(1);
        stats.disableReporting();
        time.pass(DAY);

        assertThat(time.threads()).isZero();
        assertThat(made).hasValue(0);
        assertThat(stats.pending()).isEmpty();
        assertThat(directory.resolve("stats").toFile().list()).containsExactlyInAnyOrder("consent", "prompted");
    }

    @Test
    void switchedOffByTheEnvironmentNothingIsWrittenEither() {
        stats = builder().environment(Map.of("DO_NOT_TRACK", "1")).open();
        repeat(DAY);
        time.pass(DAY);

        assertThat(time.threads()).isZero();
        assertThat(shown).isEmpty();
        assertThat(directory.resolve("stats")).doesNotExist();
    }

    @Test
    void aYesIsHeededAtOnceAndSoIsANo() {
        open();
        repeat(DAY);
        stats.enableReporting();
        time.pass(A_WHILE);
        assertThat(made).hasValue(1);
        stats.disableReporting();

        assertThat(time.hasThread()).isFalse();
        assertThat(directory.resolve("stats").toFile().list()).doesNotContain("repeated-0");
        time.pass(DAY.multipliedBy(2));
        assertThat(made).hasValue(1);
        stats.enableReporting();
        time.pass(A_WHILE);
        assertThat(made).hasValue(2);
    }

    @Test
    void ofAnotherProcessAYesIsHeededWhenItIsSeenAndANoWithinFiveMinutes() {
        open();
        repeat(DAY);
        try (UsageStats other = builder().open()) {
            other.enableReporting();
            assertThat(time.hasThread()).isFalse();
            assertThat(stats.consent().sending()).isTrue();
            assertThat(time.hasThread()).isTrue();

            other.disableReporting();
            time.pass(Duration.ofMillis(LongRun.STEP_MILLIS));
            assertThat(time.hasThread()).isFalse();
        }
    }

    @Test
    void aSupplierThatFailsHasNoReportMadeAndIsAskedAgainAfterTheInterval() {
        open().enableReporting();
        AtomicInteger failures = new AtomicInteger();
        stats.submitEvery(DAY, () -> {
            if (failures.incrementAndGet() == 2) {
                throw new StackOverflowError();
            }
            throw new IllegalStateException("not today");
        });
        stats.submitEvery(DAY, () -> null);
        stats.submitEvery(DAY, () -> {
            Thread.currentThread().interrupt();
            return parts();
        });
        time.pass(DAY.multipliedBy(3).plus(A_WHILE));

        assertThat(failures).hasValue(4);
        assertThat(made).hasValue(4);
        assertThat(reports()).hasSize(4);
    }

    @Test
    void aSupplierThatDoesNotReturnIsInterruptedByClose() throws Exception {
        open().enableReporting();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        stats.submitEvery(DAY, () -> {
            asked.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException end) {
                interrupted.countDown();
            }
            return parts();
        });
        Thread clock = new Thread(() -> time.pass(A_WHILE));
        clock.start();
        asked.await();

        stats.close();

        interrupted.await();
        clock.join();
        assertThat(stats.pending()).isEmpty();
        assertThat(transport.attempts).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {-60, -1, 1, 60, 25_000})
    void aClockThatIsSetDoesNotStopTheReportsNorMakeThemComeMoreThanOnceTooOften(long days) {
        open().enableReporting();
        repeat(DAY);
        time.pass(A_WHILE);

        time.moveWall(DAY.multipliedBy(days));
        time.pass(DAY.minus(A_WHILE));
        int early = made.get() - 1;
        assertThat(early).isBetween(0, days > 0 ? 1 : 0);
        time.pass(DAY.multipliedBy(9).plus(A_WHILE));
        assertThat(made).hasValue(11);

        // Now a wrong time is remembered; the right one makes one report too early at the next start, and no more.
        time.moveWall(DAY.multipliedBy(-days));
        reopen();
        repeat(DAY);
        time.pass(DAY.multipliedBy(10).plus(A_WHILE));
        assertThat(made.get()).isBetween(21, 22);
    }

    @Test
    void aMachineThatSleptThroughTheTimeReportsSomeMinutesAfterItWoke() {
        open().enableReporting();
        repeat(DAY);
        time.pass(Duration.ofHours(8));
        assertThat(made).hasValue(1);
        for (int night = 0; night < 5; night++) {
            time.moveWall(Duration.ofHours(16));
            time.pass(Duration.ofHours(8));
        }

        assertThat(made).hasValue(6);
    }

    @Test
    void whatAnEarlierRunLeftIsDeliveredSomeSecondsAfterTheStart() throws Exception {
        transport.answers = text -> Delivery.of(Answer.UNANSWERED, "nobody is there");
        open().enableReporting();
        stats.submit(note("left", 1));
        Await.until("an attempt", SOON, () -> stats.delivery().lastAttempt().isPresent());
        stats.close();
        Files.delete(directory.resolve("stats/drain"));
        transport.answers = text -> Delivery.of(Answer.DELIVERED, "stored");
        transport.attempts.clear();

        open().close();
        assertThat(transport.attempts).isEmpty();

        open();
        repeat(DAY);
        time.pass(Duration.ofSeconds(4));
        assertThat(transport.attempts).isEmpty();
        time.pass(Duration.ofSeconds(11));
        Await.until("what was left to be delivered", SOON, () -> stats.pending().isEmpty());
        assertThat(made).hasValue(0);
        assertThat(transport.attempts.get(0)).contains("\nleft:1\n");
    }

    @Test
    void anAttemptThatFailedIsMadeAgainWithoutANewReportWhenItsPauseIsOver() throws Exception {
        transport.answers = text -> Delivery.of(Answer.RETRY_LATER, Duration.ofHours(1), "not now");
        open().enableReporting();
        stats.submit(note("left", 1));
        Await.until("the attempt", SOON, () -> stats.delivery().lastAttempt().isPresent());
        transport.answers = text -> Delivery.of(Answer.DELIVERED, "stored");

        repeat(DAY);
        time.pass(MINUTE);
        assertThat(transport.attempts).hasSize(1);
        Files.delete(directory.resolve("stats/drain"));
        time.pass(Duration.ofMillis(LongRun.STEP_MILLIS));

        Await.until("the report to be delivered", SOON, () -> !stats.journal().isEmpty());
    }

    @Test
    void anIntervalIsBetweenAMinuteAndAYear() {
        open().enableReporting();
        for (Duration interval : List.of(
                MINUTE.minusNanos(1),
                Duration.ofDays(366).plusNanos(1),
                Duration.ZERO,
                Duration.ofDays(Long.MIN_VALUE / 86_400))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> repeat(interval))
                    .withMessageContaining("a minute to 366 days, not " + interval);
        }
        repeat(MINUTE);
        time.pass(Duration.ofSeconds(15));
        assertThat(made).hasValue(1);
    }

    @Test
    void afterCloseNothingIsRepeated() {
        open().enableReporting();
        repeat(DAY);
        stats.close();
        assertThat(time.hasThread()).isFalse();

        repeat(DAY).close();
        stats.enableReporting();
        time.pass(DAY);

        assertThat(time.threads()).isEqualTo(1);
        assertThat(made).hasValue(0);
    }

    @Test
    void aSupplierMayEndTheUsageStatistics() {
        open().enableReporting();
        stats.submitEvery(DAY, () -> {
            stats.close();
            return parts();
        });
        time.pass(A_WHILE);

        assertThat(time.hasThread()).isFalse();
        assertThat(reports()).isEmpty();
    }

    private Repetition repeat(Duration interval) {
        return stats.submitEvery(interval, this::parts);
    }

    private List<Part> parts() {
        return List.of(note("made", made.incrementAndGet()));
    }

    private UsageStats open() {
        stats = builder().time(time).open();
        return stats;
    }

    private void reopen() {
        stats.close();
        open();
    }

    private UsageStatsClient.Builder builder() {
        return UsageStatsClient.builder("cool-program", "0.1")
                .dropPoint(URI.create("https://localhost/"))
                .location(directory.resolve("stats"))
                .transport(transport)
                .prompt(Prompt.to(shown::add))
                .waitAtClose(SOON)
                .environment(Map.of());
    }

    /** The reports that were made, waiting or sent; one that is sent meanwhile is seen in both places. */
    private List<Report> reports() {
        List<Report> waiting = stats.pending();
        List<Report> reports = new ArrayList<>(stats.journal());
        for (Report report : waiting) {
            if (reports.stream().noneMatch(sent -> sent.id().equals(report.id()))) {
                reports.add(report);
            }
        }
        return reports;
    }
}
