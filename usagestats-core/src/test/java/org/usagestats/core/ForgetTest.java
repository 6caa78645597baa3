package org.usagestats.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usagestats.api.Note.note;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.api.Consent.State;
import org.usagestats.api.Erasure;
import org.usagestats.api.Forgotten;
import org.usagestats.api.Report;
import org.usagestats.api.UsageStats;
import org.usagestats.spi.Delivery;
import org.usagestats.spi.Delivery.Answer;
import org.usagestats.testkit.Await;

/** The journal of what was sent, and how it is forgotten: here, and at the collector. */
class ForgetTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final URI HERE = URI.create("https://stats.example.org/");

    @TempDir
    Path directory;

    private final ScriptedTransport transport = new ScriptedTransport();
    private final Map<String, String> environment = new HashMap<>();

    @Test
    void theJournalShowsByteForByteWhatWasAcknowledgedUntilConsentIsWithdrawn() {
        try (UsageStats stats = enabled()) {
            send(stats, 3);
            assertThat(stats.journal()).extracting(Report::text).isEqualTo(transport.attempts);
            assertThat(stats.pending()).isEmpty();

            stats.disableReporting();
            assertThat(stats.journal()).isEmpty();
            assertThat(files()).containsExactlyInAnyOrder("consent", "erasable", "lock");
        }
    }

    @Test
    void theJournalKeepsTheNewestHundred() throws Exception {
        try (UsageStats stats = enabled()) {
            send(stats, 120);
            Await.until(
                    "the drain in the background", LONG, () -> stats.journal().size() == 100);
            assertThat(stats.journal().get(99).text()).contains("n:119\n");
        }
    }

    @Test
    void eachReportTravelsWithTheHashOfASecretOfItsOwn() {
        try (UsageStats stats = enabled()) {
            send(stats, 3);
            Set<String> hashes = new HashSet<>();
            for (Report report : transport.reports) {
                hashes.add(report.eraseHash().orElseThrow());
            }
            assertThat(hashes).hasSize(3);
        }
    }

    @Test
    void whatWasSentIsAskedForWithTheSecretsAndNothingStaysHere() throws Exception {
        try (UsageStats stats = enabled()) {
            send(stats, 3);
            transport.answers = text -> Delivery.of(Answer.RETRY_LATER, Duration.ofHours(1), "busy");
            stats.submit(note("waits", 1));

            Forgotten forgotten = stats.forget();

            assertThat(forgotten.asked()).isBetween(3, 4);
            assertThat(forgotten.reason()).isEqualTo("The collector is being asked to erase what was sent.");
            // A drain that is at the last report takes the wish up when it has its answer.
            Await.until("nothing to wait here", LONG, () -> stats.pending().isEmpty());
            Await.until(
                    "nothing to be told of here", LONG, () -> stats.journal().isEmpty());
            stats.deliver(LONG);
            assertErased(transport.reports);
            assertThat(stats.consent().sending()).isTrue();
        }
        assertThat(files()).doesNotContain("erasable", "forget", "forgetting", "sent");
    }

    @Test
    void theIdentifierIsAnotherAfterwards() throws Exception {
        try (UsageStats stats = enabled()) {
            send(stats, 1);
            stats.forget();
            Await.until("the drain in the background", LONG, () -> !files().contains("forget"));
            send(stats, 1);
            assertThat(users()).doesNotHaveDuplicates().hasSize(2);
        }
    }

    @Test
    void aWishThatNobodyAnswersIsKeptAndFulfilledByALaterRunAlsoWithoutConsent() {
        transport.erasureAnswer = () -> Delivery.of(Answer.UNANSWERED, "nobody is there");
        try (UsageStats stats = enabled()) {
            send(stats, 2);
            stats.forget();
            stats.deliver(LONG);
            stats.disableReporting();
        }
        assertThat(transport.erased).isEmpty();
        assertThat(files()).contains("forgetting");

        environment.put("DO_NOT_TRACK", "1");
        try (UsageStats stats = builder(HERE).open()) {
            stats.deliver(LONG);
        }
        assertThat(transport.erased).isEmpty();

        environment.clear();
        transport.erasureAnswer = () -> Delivery.of(Answer.DELIVERED, "promised");
        builder(HERE).uploads(UploadSchedule.everySubmit()).open().close();
        assertErased(transport.reports);
        assertThat(files()).doesNotContain("forgetting", "erasable");
    }

    @Test
    void aWishUnderTheSwitchIsKeptAndWaits() {
        try (UsageStats stats = enabled()) {
            send(stats, 2);
        }
        environment.put("DO_NOT_TRACK", "1");
        try (UsageStats stats = builder(HERE).open()) {
            assertThat(stats.forget().reason()).contains("DO_NOT_TRACK").contains("as soon as");
            assertThat(stats.deliver(LONG).detail()).contains("DO_NOT_TRACK");
        }
        assertThat(transport.erased).isEmpty();
        environment.clear();
        builder(HERE).open().close();
        assertErased(transport.reports);
        try (UsageStats stats = builder(HERE).uniqueUserId().open()) {
            send(stats, 1);
            assertThat(users()).hasSize(3);
            assertThat(users().get(2)).isNotEqualTo(users().get(0));
        }
    }

    @Test
    void aCollectorThatCannotEraseStillGetsReports() throws Exception {
        transport.erasureAnswer = () -> Delivery.of(Answer.REFUSED, "404");
        try (UsageStats stats = enabled()) {
            send(stats, 2);
            stats.forget();
            Await.until("the drain in the background", LONG, () -> !files().contains("forget"));
            stats.submit(note("after", 1));
            stats.deliver(LONG);
            assertThat(transport.attempts).last().asString().contains("after:1\n");
        }
        assertThat(files()).contains("forgetting");
    }

    @Test
    void whatWentToAnEarlierRecipientIsAskedForThere() {
        try (UsageStats stats = enabled()) {
            send(stats, 2);
        }
        List<Report> first = List.copyOf(transport.reports);
        try (UsageStats stats =
                builder(URI.create("https://other.example.org/")).open()) {
            stats.enableReporting();
            stats.forget();
            stats.deliver(LONG);
        }
        assertErased(first);
        assertThat(transport.erasedAt).isEqualTo(HERE);
    }

    @Test
    void aLongListIsAskedForInPartsAndGoesOnWhereItStopped() {
        try (UsageStats stats = enabled()) {
            send(stats, 1);
        }
        Path list = onlyFile(directory.resolve("stats/erasable"));
        StringBuilder more = new StringBuilder();
        for (int i = 0; i < 2500; i++) {
            more.append("id:").append(UUID.randomUUID()).append('\n');
        }
        append(list, more.append("id:torn").toString());
        try (UsageStats stats = builder(HERE).open()) {
            int[] requests = {0};
            transport.erasureAnswer =
                    () -> Delivery.of(++requests[0] == 3 ? Answer.UNANSWERED : Answer.DELIVERED, "the third is lost");
            assertThat(stats.forget().asked()).isEqualTo(2501);
            stats.deliver(LONG);
            stats.deliver(LONG);
            assertThat(requests[0]).isEqualTo(4);
            assertThat(transport.erased)
                    .extracting(Erasure::id)
                    .doesNotHaveDuplicates()
                    .hasSize(2501);
        }
        assertThat(files()).doesNotContain("forgetting");
    }

    @Test
    void whatDepartsAfterAWishWasTakenUpBySomebodyElseIsErasableToo() throws Exception {
        Spool spool = new Spool(new SpoolDirectory(directory.resolve("stats").toFile()));
        enabled().close();
        Erasures draining = new Erasures(spool, HERE);
        Report before = draining.departing(report());
        takeUp(spool);
        Report after = draining.departing(report());
        takeUp(spool);

        builder(HERE).open().close();
        assertErased(List.of(before, after));
    }

    @Test
    void aListThatLostItsKeyHoldsUpNoOther() throws Exception {
        try (UsageStats stats = enabled()) {
            send(stats, 2);
        }
        Files.writeString(directory.resolve("stats/erasable/0"), "id:" + UUID.randomUUID() + "\n");
        try (UsageStats stats = builder(HERE).open()) {
            stats.forget();
            stats.deliver(LONG);
        }
        assertErased(transport.reports);
        assertThat(files()).doesNotContain("forgetting");
    }

    @Test
    void aCrashAfterTheWishWasNotedIsMadeGoodByTheNextRun() throws Exception {
        try (UsageStats stats = enabled()) {
            send(stats, 2);
        }
        Files.createFile(directory.resolve("stats/forget"));
        builder(HERE).open().close();
        assertErased(transport.reports);
        assertThat(files()).doesNotContain("forget", "forgetting", "erasable");
    }

    @Test
    void whoeverSentNothingHasNothingToForget() {
        try (UsageStats stats = builder(HERE).open()) {
            assertThat(stats.forget())
                    .isEqualTo(new Forgotten(0, "Nothing was ever sent from here; what waited is deleted."));
            assertThat(directory.resolve("stats")).doesNotExist();
            stats.submit(note("n", 1));
            stats.forget();
            assertThat(stats.pending()).isEmpty();
            assertThat(stats.consent().state()).isEqualTo(State.UNSET);
        }
        assertThat(transport.opened).isZero();
    }

    private static Report report() {
        return Report.of(UUID.randomUUID(), new byte[0]);
    }

    private void takeUp(Spool spool) throws IOException {
        ConsentBook consents = new ConsentBook(
                new Switches(
                        "X",
                        Map.of(),
                        null,
                        new Policy(directory.resolve("nowhere").toFile(), "x")),
                new FileConsentStore(spool.directory()),
                spool,
                new Declared(HERE, List.of(), true));
        new Erasures(spool, HERE).takeUp(consents);
    }

    private void assertErased(List<Report> reports) {
        assertThat(transport.erased)
                .extracting(Erasure::id)
                .containsExactlyInAnyOrderElementsOf(
                        reports.stream().map(Report::id).distinct().toList());
        for (Erasure erasure : transport.erased) {
            assertThat(reports)
                    .anyMatch(report -> report.id().equals(erasure.id())
                            && report.eraseHash().orElseThrow().equals(erasure.hash()));
        }
    }

    private List<String> users() {
        return transport.attempts.stream()
                .map(text -> text.replaceAll("(?s).*\nuser:([^\n]*)\n.*", "$1"))
                .toList();
    }

    private Set<String> files() {
        String[] names = directory.resolve("stats").toFile().list();
        Set<String> files = new HashSet<>(List.of(names == null ? new String[0] : names));
        files.removeAll(Set.of("drain", "prompted"));
        return files;
    }

    private UsageStats enabled() {
        UsageStats stats = builder(HERE).uniqueUserId().open();
        stats.enableReporting();
        return stats;
    }

    private static void send(UsageStats stats, int reports) {
        for (int i = 0; i < reports; i++) {
            stats.submit(note("n", i));
        }
        assertThat(stats.deliver(LONG).remaining()).isZero();
    }

    private static Path onlyFile(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findFirst().orElseThrow();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private static void append(Path file, String text) {
        File target = file.toFile();
        try {
            Files.writeString(target.toPath(), text, StandardOpenOption.APPEND);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private UsageStatsClient.Builder builder(URI dropPoint) {
        return UsageStatsClient.builder("model", "1")
                .dropPoint(dropPoint)
                .location(directory.resolve("stats"))
                .transport(transport)
                .waitAtClose(LONG)
                .environment(environment);
    }
}
