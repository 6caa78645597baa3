package org.usagestats.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usagestats.api.Note.note;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.usagestats.api.Consent.State;
import org.usagestats.api.Flag;
import org.usagestats.api.Note;
import org.usagestats.api.Report;
import org.usagestats.api.Submission.Fate;
import org.usagestats.api.UsageStats;
import org.usagestats.spi.ConsentStore;
import org.usagestats.spi.Delivery;
import org.usagestats.spi.Delivery.Answer;
import org.usagestats.testkit.Await;

/** The client with its spool in memory: all that holds within one run holds here too, and nothing touches a disk. */
class ClientInMemoryTest extends ClientTest {

    @Override
    UsageStatsClient.Builder builder() {
        return super.builder().inMemory();
    }

    @AfterEach
    void nothingIsWritten() {
        assertThat(directory.resolve("stats")).doesNotExist();
    }

    @Test
    @Override
    void beforeConsentReportsWaitAndAfterItTheyAreSentWithoutAnIdentifier() {
        try (UsageStats stats = builder().uniqueUserId().open()) {
            stats.submit(note("n", 1));
            assertThat(stats.pending()).hasSize(1);
            assertThat(transport.opened).isZero();
            stats.enableReporting();
            stats.submit(note("n", 2));
        }

        assertThat(transport.attempts).hasSize(2);
        assertThat(transport.attempts.get(0)).contains("n:1").doesNotContain("user:");
        assertThat(transport.attempts.get(1)).contains("n:2").contains("user:");
    }

    @Test
    @Override
    void byTheHourlyScheduleOnlyTheFirstReportIsSentAtOnce() throws Exception {
        try (UsageStats stats = builder().open()) {
            stats.enableReporting();
            stats.submit(note("n", 1));
            assertThat(stats.deliver(SOON).remaining()).isZero();
            Await.until("the end of the drain that the report began", SOON, () -> !isDraining());
            stats.submit(note("n", 2));
            assertThat(stats.pending()).hasSize(1);
            assertThat(transport.attempts).hasSize(1);
        }

        assertThat(transport.attempts).as("at close, the last chance").hasSize(2);
    }

    @Test
    void aCollectorThatWantsToBeLeftAloneIsAtCloseToo() throws Exception {
        transport.answers = text -> Delivery.of(Answer.RETRY_LATER, Duration.ofHours(1), "busy");
        try (UsageStats stats = builder().open()) {
            stats.enableReporting();
            stats.submit(note("n", 1));
            Await.until("the answer", SOON, () -> transport.closed > 0 && !isDraining());
            stats.submit(note("n", 2));
        }

        assertThat(transport.attempts).hasSize(1);
    }

    @Test
    void withoutConsentNothingIsSentAtClose() {
        try (UsageStats stats = builder().open()) {
            stats.submit(note("n", 1));
        }

        assertThat(transport.opened).isZero();
    }

    @Test
    @Override
    void switchedOffByTheEnvironmentNoFileIsWritten() {
        try (UsageStats stats =
                builder().environment(Map.of("DO_NOT_TRACK", "1")).open()) {
            assertThat(stats.submit(note("n", 1)).reason()).contains("DO_NOT_TRACK");
            assertThat(stats.disableReporting().reason()).contains("DO_NOT_TRACK", "remembered");
        }
    }

    @Test
    @Override
    void thePromptIsShownOnStandardErrorOnceADayAndNeverInContinuousIntegration() {
        assertThat(errorOutputOf(Map.of("CI", "true"))).isEmpty();
        assertThat(errorOutputOf(Map.of())).containsOnlyOnce("Uploading usage statistics is currently DISABLED");
    }

    @Test
    @Override
    void anIdentifyingFlagWorksOnceTheProgramAllowsItAndTheUserAgreed() {
        Flag who = flag("who", true, () -> List.of(new Note("who", "me")));
        transport.answers = text -> Delivery.of(Answer.UNANSWERED, "nobody is there");
        try (UsageStats stats = builder().allowIdentifying(who).open()) {
            stats.submit(who);
            stats.enableReporting();
            stats.submit(who);

            assertThat(stats.pending().get(0).text()).doesNotContain("who:me");
            assertThat(stats.pending().get(1).text()).contains("who:me");
        }
    }

    @Test
    @Override
    void anUnsafeDirectoryIsAnErroredStateAndNotAnException() throws Exception {
        Path link = Files.createSymbolicLink(
                directory.resolve("link"), Files.createDirectory(directory.resolve("elsewhere")));

        try (UsageStats stats = builder().location(link).open()) {
            assertThat(stats.consent().state()).isEqualTo(State.UNSET);
            assertThat(stats.submit().fate()).isEqualTo(Fate.SPOOLED);
        }
        assertThat(directory.resolve("elsewhere")).isEmptyDirectory();
    }

    @Test
    void aDecisionLastsForTheRunUnlessTheProgramKeepsIt() {
        List<String> kept = new ArrayList<>();
        ConsentStore store = new ConsentStore() {
            @Override
            public Optional<String> read() {
                return kept.isEmpty() ? Optional.empty() : Optional.of(kept.get(kept.size() - 1));
            }

            @Override
            public void write(String record) {
                kept.add(record);
            }
        };
        try (UsageStats stats = builder().open()) {
            assertThat(stats.enableReporting().state()).isEqualTo(State.ENABLED);
        }
        try (UsageStats stats = builder().consentStore(store).open()) {
            assertThat(stats.consent().state()).isEqualTo(State.UNSET);
            stats.enableReporting();
        }
        try (UsageStats stats = builder().consentStore(store).open()) {
            assertThat(stats.consent().state()).isEqualTo(State.ENABLED);
        }
    }

    @Test
    void anAdministratorsYesNeedsNoDisk() throws Exception {
        Path policy = Files.createDirectories(directory.resolve("etc/usage-stats"));
        Files.writeString(policy.resolve("cool-program"), "reporting:on\n");

        try (UsageStats stats =
                builder().systemFolder(directory.resolve("etc").toFile()).open()) {
            stats.submit(note("n", 1));
        }

        assertThat(transport.attempts).hasSize(1);
    }

    @Test
    void whatWasSentIsShownAndForgottenInTheSameRun() {
        try (UsageStats stats = builder().open()) {
            stats.enableReporting();
            stats.submit(note("n", 1));
            stats.submit(note("n", 2));
            stats.deliver(SOON);
            assertThat(stats.journal()).extracting(Report::text).isEqualTo(transport.attempts);

            assertThat(stats.forget().asked()).isEqualTo(2);
            stats.deliver(SOON);
            assertThat(stats.journal()).isEmpty();
        }
        assertThat(transport.erased).hasSize(2);
    }

    @Test
    void aboutTwoMebibytesWaitAndTheOldestLeave() {
        transport.answers = text -> Delivery.of(Answer.UNANSWERED, "nobody is there");
        try (UsageStats stats = builder().open()) {
            stats.enableReporting();
            for (int i = 0; i < 200; i++) {
                for (int n = 0; n < 14; n++) {
                    stats.note("large", "x".repeat(4000));
                }
                stats.submit(note("n", i));
            }

            List<Report> waiting = stats.pending();
            assertThat(waiting.stream()
                            .mapToInt(report -> report.content().length)
                            .sum())
                    .isBetween(1024 * 1024, 3 * 1024 * 1024);
            assertThat(waiting.get(waiting.size() - 1).text()).contains("\nn:199\n");
            assertThat(waiting).anyMatch(report -> report.text().contains("usagestats.dropped:"));
        }
    }

    @Test
    void manyThreadsSubmitWhileOthersDrain() throws Exception {
        try (UsageStats stats = builder().open()) {
            stats.enableReporting();
            List<Thread> threads = IntStream.range(0, 6)
                    .mapToObj(i -> new Thread(() -> {
                        for (int n = 0; n < 200; n++) {
                            stats.submit(note("n", i * 200 + n));
                            if (n % 20 == 0) {
                                stats.deliver(SOON);
                            }
                        }
                    }))
                    .toList();
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            stats.deliver(SOON);
            assertThat(stats.pending()).isEmpty();
        }

        assertThat(transport.attempts.stream().map(text -> text.substring(text.indexOf("\nn:"))))
                .hasSize(1200)
                .doesNotHaveDuplicates();
    }

    @Test
    void theDeclarationSaysThatThereIsNothingToDelete() {
        try (UsageStats stats = builder().open()) {
            assertThat(stats.declared().places()).containsExactly("nothing; reports are kept in memory");
        }
    }
}
