package org.usagestats.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.api.Consent.State;
import org.usagestats.api.Submission.Fate;
import org.usagestats.api.UsageStats;

class RefusalTest {

    @TempDir
    Path directory;

    @Test
    void aPlainNoIsARefusal() {
        try (UsageStats stats = open()) {
            stats.disableReporting();
        }

        assertThat(Refusal.isIn(spool().toFile())).isTrue();
    }

    @Test
    void aYesIsNone() {
        try (UsageStats stats = open()) {
            stats.disableReporting();
            stats.enableReporting();
        }

        assertThat(Refusal.isIn(spool().toFile())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "decision:DISABLED",
                "decision:DISABLED\n",
                "date:1.000\ndecision:DISABLED",
                "date:1.000\ndecision:DISABLED_CLEANING\n",
                "date:1.000\ndecision:DISABLED\ndecision:ENABLED\n",
                "date:1.000\nother_decision:DISABLED\n"
            })
    void whatIsNoPlainNoIsLeftToTheConsentBook(String decision) throws Exception {
        Files.createDirectory(spool());
        Files.writeString(spool().resolve("consent"), decision);

        assertThat(Refusal.isIn(spool().toFile())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sent", "forget", "forgetting", "report_1795326894874_85c01b97.txt"})
    void aNoThatHasSomethingLeftToDoIsLeftToTheConsentBook(String left) throws Exception {
        try (UsageStats stats = open()) {
            stats.disableReporting();
        }
        Files.createDirectory(spool().resolve(left));

        assertThat(Refusal.isIn(spool().toFile())).isFalse();
    }

    @Test
    void nothingThatIsNotAFileIsRead() throws Exception {
        Files.createDirectories(spool().resolve("consent"));

        assertThat(Refusal.isIn(spool().toFile())).isFalse();
        assertThat(Refusal.isIn(directory.resolve("absent").toFile())).isFalse();
    }

    @Test
    void aYesGivenElsewhereMeanwhileHoldsFromTheNextReportOn() {
        try (UsageStats elsewhere = open()) {
            elsewhere.disableReporting();
            try (UsageStats stats = open()) {
                assertThat(stats.submit().fate()).isEqualTo(Fate.DISCARDED);

                elsewhere.enableReporting();
                assertThat(stats.submit().fate()).isEqualTo(Fate.SPOOLED);
            }
        }
    }

    @Test
    void whoRefusedCanDecideAnewAndKeepsTheNotesOfTheRun() {
        try (UsageStats before = open()) {
            before.disableReporting();
        }
        try (UsageStats stats = open()) {
            stats.note("early", 1);
            assertThat(stats.consent().state()).isEqualTo(State.DISABLED);
            stats.enableReporting();
            stats.submit();

            assertThat(stats.pending().get(0).notes())
                    .anyMatch(note -> note.key().equals("early"));
        }
    }

    @Test
    void whatHappensAfterTheCloseStartsNothing() {
        try (UsageStats before = open()) {
            before.disableReporting();
        }
        UsageStats stats = open();
        stats.close();

        assertThat(stats.submit().fate()).isEqualTo(Fate.DISCARDED);
        assertThat(stats.consent().state()).isEqualTo(State.DISABLED);
        assertThat(stats.pending()).isEmpty();
    }

    private UsageStats open() {
        return UsageStatsClient.builder("cool-program", "0.1")
                .dropPoint(URI.create("http://127.0.0.1:9/"))
                .environment(Map.of())
                .waitAtClose(Duration.ofSeconds(30))
                .location(spool())
                .open();
    }

    private Path spool() {
        return directory.resolve("usage-stats");
    }
}
