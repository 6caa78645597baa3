package org.usagestats.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.usagestats.api.Flags.SESSION_TIME;
import static org.usagestats.api.Note.note;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.api.Consent.State;
import org.usagestats.api.Flag;
import org.usagestats.api.Note;
import org.usagestats.api.Part;
import org.usagestats.api.Session;
import org.usagestats.api.Submission.Fate;
import org.usagestats.api.UsageStats;
import org.usagestats.spi.Delivery;
import org.usagestats.spi.Delivery.Answer;
import org.usagestats.testkit.Await;

class ClientTest {

    static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    final ScriptedTransport transport = new ScriptedTransport();

    @Test
    void aReportHoldsItsFieldsInTheirOrder() {
        try (UsageStats stats = builder().uniqueUserId().open()) {
            stats.enableReporting();
            stats.note("mode", "compatibility");
            stats.note("mode", 2);
            stats.note(ordered("b", 1, "a", "line\nbreak"));
            stats.submit(SESSION_TIME, note("what", "Ran the program"));
        }

        assertThat(transport.attempts).hasSize(1);
        assertThat(transport.attempts.get(0).lines().map(line -> line.replaceAll("[0-9a-f-]{36}|[0-9.]{5,}", "N")))
                .containsExactly(
                        "date:N",
                        "user:N",
                        "version:0.1",
                        "program:cool-program",
                        "mode:compatibility",
                        "mode:2",
                        "b:1",
                        "a:line break",
                        "what:Ran the program",
                        "session_time:N");
    }

    @Test
    void beforeConsentReportsWaitAndAfterItTheyAreSentWithoutAnIdentifier() throws Exception {
        try (UsageStats stats = builder().uniqueUserId().open()) {
            assertThat(stats.submit(note("n", 1)).fate()).isEqualTo(Fate.SPOOLED);
            assertThat(stats.pending()).hasSize(1);
        }
        assertThat(transport.opened).isZero();
        awaitNextMillisecond();

        try (UsageStats stats = builder().uniqueUserId().open()) {
            assertThat(stats.enableReporting().state()).isEqualTo(State.ENABLED);
            stats.submit(note("n", 2));
        }

        assertThat(transport.attempts).hasSize(2);
        assertThat(transport.attempts.get(0)).contains("n:1").doesNotContain("user:");
        assertThat(transport.attempts.get(1)).contains("n:2").contains("user:");
    }

    @Test
    void byTheHourlyScheduleOnlyTheFirstReportIsSentAtOnce() throws Exception {
        try (UsageStats stats = builder().open()) {
            stats.enableReporting();
            stats.submit(note("n", 1));
        }
        try (UsageStats stats = builder().open()) {
            stats.submit(note("n", 2));
            assertThat(stats.pending()).hasSize(1);
            assertThat(stats.deliver(SOON).remaining()).isZero();
        }

        assertThat(transport.attempts).hasSize(2);
    }

    @Test
    void aDisabledProgramRecordsNothingAndDeletesWhatWaited() {
        try (UsageStats stats = builder().open()) {
            stats.submit(note("n", 1));
            assertThat(stats.disableReporting().state()).isEqualTo(State.DISABLED);
            assertThat(stats.pending()).isEmpty();
            assertThat(stats.submit(note("n", 2)).fate()).isEqualTo(Fate.DISCARDED);
            assertThat(stats.deliver(SOON).delivered()).isZero();
        }
        assertThat(transport.opened).isZero();
    }

    @Test
    void switchedOffByTheEnvironmentNoFileIsWritten() {
        try (UsageStats stats =
                builder().environment(Map.of("DO_NOT_TRACK", "1")).open()) {
            assertThat(stats.submit(note("n", 1)).reason()).contains("DO_NOT_TRACK");
            assertThat(stats.enableReporting().reason()).contains("DO_NOT_TRACK");
            assertThat(directory.resolve("stats")).doesNotExist();

            assertThat(stats.disableReporting().state()).isEqualTo(State.DISABLED_BY_ENVIRONMENT);
        }
        assertThat(directory.resolve("stats").toFile().list()).containsExactly("consent");
    }

    @Test
    void thePromptIsShownOnStandardErrorOnceADayAndNeverInContinuousIntegration() {
        String expected = "\nUploading usage statistics is currently DISABLED\n"
                + "Please help us by providing anonymous usage statistics; you can enable this\n"
                + "by running:\n    cool-program --enable-stats\n"
                + "If you do not want to see this message again, you can run:\n    cool-program --disable-stats\n"
                + "Nothing will be uploaded before you opt in.\n";

        assertThat(errorOutputOf(Map.of("CI", "true"))).isEmpty();
        assertThat(errorOutputOf(Map.of("CI", "false"))).isEqualTo(expected);
        assertThat(errorOutputOf(Map.of())).isEmpty();

        assertThat(directory.resolve("stats/prompted").toFile().setLastModified(0))
                .isTrue();
        assertThat(errorOutputOf(Map.of())).isEqualTo(expected);
    }

    @Test
    void twentyReportsWaitForAUserWhoHasNotDecidedAndTheNextTellsHowManyWereDropped() {
        try (UsageStats stats = builder().open()) {
            for (int i = 0; i < 23; i++) {
                stats.submit(note("n", i));
            }
            List<String> waiting =
                    stats.pending().stream().map(report -> report.text()).toList();
            assertThat(waiting).hasSize(20);
            assertThat(waiting.stream().filter(text -> text.contains("usagestats.dropped:")))
                    .isNotEmpty();
        }
    }

    @Test
    void nothingThatAProgramOrAFlagDoesWrongHarmsIt() {
        Flag broken = flag("broken", false, () -> {
            throw new IllegalStateException("broken");
        });
        Flag identifying = flag("who", true, () -> List.of(new Note("who", "me")));
        try (UsageStats stats = builder().open()) {
            stats.note(null, "x");
            stats.note("x", null);
            stats.note((Map<String, ?>) null);
            stats.note("bad key", 1);
            stats.note("good", 1);

            assertThat(stats.submit(broken, identifying, (Part) null).fate()).isEqualTo(Fate.SPOOLED);

            assertThat(stats.pending().get(0).notes())
                    .extracting(Note::key)
                    .containsExactly("date", "version", "program", "good", "usagestats.refused");
            assertThat(stats.pending().get(0).notes()).contains(new Note("usagestats.refused", "6"));
        }
    }

    @Test
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
        try (UsageStats stats = builder().open()) {
            stats.submit(who);
            assertThat(stats.pending())
                    .hasSize(3)
                    .filteredOn(report -> report.text().contains("who:me"))
                    .hasSize(1);
        }
    }

    @Test
    void anUnsafeDirectoryIsAnErroredStateAndNotAnException() throws Exception {
        Files.createSymbolicLink(directory.resolve("stats"), Files.createDirectory(directory.resolve("elsewhere")));

        try (UsageStats stats = builder().open()) {
            assertThat(stats.consent().state()).isEqualTo(State.ERRORED);
            assertThat(stats.submit().fate()).isEqualTo(Fate.DISCARDED);
            assertThat(stats.enableReporting().state()).isEqualTo(State.ERRORED);
            assertThat(stats.disableReporting().state()).isEqualTo(State.ERRORED);
        }
        assertThat(directory.resolve("elsewhere")).isEmptyDirectory();
    }

    @Test
    void afterCloseNothingHappens() {
        UsageStats stats = builder().open();
        stats.enableReporting();
        stats.close();
        stats.close();
        stats.note("n", 1);

        assertThat(stats.submit().fate()).isEqualTo(Fate.DISCARDED);
        assertThat(stats.deliver(SOON).delivered()).isZero();
        assertThat(stats.deliver(SOON).detail()).contains("closed");
    }

    @Test
    void closeWaitsForADeliveryThatIsUnderWayButNoLongerThanAllowed() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        transport.answers = text -> answer(Delivery.of(Answer.UNANSWERED, "released"), begun, released);
        UsageStats stats = builder().waitAtClose(Duration.ofMillis(50)).open();
        stats.enableReporting();
        stats.submit();
        begun.await();

        stats.close();

        assertThat(transport.closed).isPositive();
        released.countDown();
        Await.until("the drain's end", SOON, () -> !isDraining());
    }

    @Test
    void howeverLongAProgramWouldWaitNothingThrows() {
        Duration forever = ChronoUnit.FOREVER.getDuration();
        try (UsageStats stats = builder()
                .uploads(UploadSchedule.atMostEvery(forever))
                .waitAtClose(forever)
                .open()) {
            stats.enableReporting();
            stats.submit(note("n", 1));
            assertThat(stats.deliver(forever).remaining()).isZero();
            stats.submit(note("n", 2));
            assertThat(stats.deliver(forever.negated()).remaining()).isEqualTo(1);
            assertThat(stats.delivery().nextDue())
                    .hasValueSatisfying(
                            due -> assertThat(due).isAfter(Instant.now().plus(Duration.ofDays(36_000))));
        }
    }

    @Test
    void aReportOfTheMomentInWhichTheCollectorAsksToWaitWaitsToo() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        transport.answers =
                text -> answer(Delivery.of(Answer.RETRY_LATER, Duration.ofHours(1), "busy"), begun, released);
        try (UsageStats stats = builder().uploads(UploadSchedule.everySubmit()).open()) {
            stats.enableReporting();
            stats.submit(note("n", 1));
            begun.await();
            stats.submit(note("n", 2));
            released.countDown();
            Await.until("the drain's end", SOON, () -> !isDraining());
        }
        assertThat(transport.attempts).hasSize(1);
    }

    @Test
    void reportsOfTheSameMillisecondKeepTheirOrder() {
        try (UsageStats stats = builder().open()) {
            stats.enableReporting();
            for (int i = 0; i < 200; i++) {
                stats.submit(note("n", i));
            }
            stats.deliver(SOON);
        }

        assertThat(transport.attempts.stream()
                        .map(text -> Integer.valueOf(
                                text.substring(text.indexOf("\nn:") + 3).trim())))
                .hasSize(200)
                .isSorted();
    }

    @Test
    void severalThreadsSubmitAtOnce() throws Exception {
        try (UsageStats stats = builder().open()) {
            stats.enableReporting();
            List<Thread> threads = IntStream.range(0, 8)
                    .mapToObj(i -> new Thread(() -> {
                        for (int n = 0; n < 20; n++) {
                            stats.submit(note("n", i * 20 + n));
                        }
                    }))
                    .toList();
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            stats.deliver(SOON);
        }

        assertThat(transport.attempts.stream().map(text -> text.substring(text.indexOf("\nn:"))))
                .hasSize(160)
                .doesNotHaveDuplicates();
    }

    @Test
    void misuseIsToldWhileBuilding() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UsageStatsClient.builder("a/b", "1"))
                .withMessageContaining("a/b");
        assertThatIllegalArgumentException().isThrownBy(() -> UsageStatsClient.builder("..", "1"));
        assertThatIllegalArgumentException().isThrownBy(() -> UsageStatsClient.builder("a", "1\n2"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().dropPoint(URI.create("usagestats.example.org")));
        assertThatIllegalArgumentException().isThrownBy(() -> builder().waitAtClose(Duration.ofMillis(-1)));
        assertThatIllegalStateException()
                .isThrownBy(() -> UsageStatsClient.builder("a", "1").open())
                .withMessageContaining("dropPoint");
    }

    @Test
    void verifyNamesWhatIsMissing() {
        try (UsageStats stats = builder().transport(transport).open()) {
            stats.verify();
        }
        try (UsageStats stats = UsageStatsClient.builder("cool-program", "0.1")
                .dropPoint(URI.create("gopher://localhost/"))
                .location(directory.resolve("stats"))
                .open()) {
            assertThatIllegalStateException()
                    .isThrownBy(stats::verify)
                    .withMessageContaining("gopher")
                    .withMessageContaining("usagestats-transport-http");
        }
        try (UsageStats stats = builder().detached().open()) {
            assertThatIllegalStateException()
                    .isThrownBy(stats::verify)
                    .withMessageContaining("usagestats-transport-subprocess");
        }
        try (UsageStats stats = builder().flag("gpu").open()) {
            assertThatIllegalStateException().isThrownBy(stats::verify).withMessageContaining("gpu");
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> builder().consentStore("settings").open())
                .withMessageContaining("settings");
    }

    UsageStatsClient.Builder builder() {
        return UsageStatsClient.builder("cool-program", "0.1")
                .dropPoint(URI.create("https://localhost/"))
                .location(directory.resolve("stats"))
                .transport(transport)
                .waitAtClose(SOON)
                .environment(Map.of());
    }

    String errorOutputOf(Map<String, String> environment) {
        PrintStream before = System.err;
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        System.setErr(new PrintStream(output, true, StandardCharsets.UTF_8));
        try (UsageStats stats = builder()
                .prompt(Prompt.forCommands("cool-program --enable-stats", "cool-program --disable-stats"))
                .environment(environment)
                .open()) {
            stats.submit();
        } finally {
            System.setErr(before);
        }
        return output.toString(StandardCharsets.UTF_8);
    }

    private static void awaitNextMillisecond() throws Exception {
        long now = System.currentTimeMillis();
        Await.until("the next millisecond", SOON, () -> System.currentTimeMillis() > now);
    }

    /** Tells that a report is there, and answers when it is released. */
    private static Delivery answer(Delivery answer, CountDownLatch begun, CountDownLatch released) {
        begun.countDown();
        try {
            released.await();
            return answer;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    static boolean isDraining() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("usagestats-drain"));
    }

    private static Map<String, Object> ordered(String key1, Object value1, String key2, Object value2) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(key1, value1);
        map.put(key2, value2);
        return map;
    }

    static Flag flag(String key, boolean identifying, Supplier<List<Note>> notes) {
        return new Flag() {
            @Override
            public String purpose() {
                return "to see what a flag does";
            }

            @Override
            public List<String> keys() {
                return List.of(key);
            }

            @Override
            public boolean identifying() {
                return identifying;
            }

            @Override
            public List<Note> notes(Session session) {
                return notes.get();
            }
        };
    }
}
