package org.usagestats.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usagestats.api.Note.note;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.api.DeliveryState;
import org.usagestats.api.Drained;
import org.usagestats.api.UsageStats;
import org.usagestats.spi.Delivery;
import org.usagestats.spi.Delivery.Answer;

/** What a program is told about its delivery. */
class DeliveriesTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path directory;

    private final ScriptedTransport transport = new ScriptedTransport();
    private final Instant before = Instant.now().minusMillis(1);

    @Test
    void atFirstNothingWasDeliveredAndNothingIsDueAndNothingIsWritten() {
        try (UsageStats stats = builder().open()) {
            assertThat(stats.delivery())
                    .isEqualTo(
                            new DeliveryState(Optional.empty(), "Nothing was delivered yet.", Optional.empty(), 0, 0));
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void withoutConsentReportsWaitAndAreNotDueAndWhatIsDroppedIsCounted() {
        try (UsageStats stats = builder().open()) {
            for (int i = 0; i < 21; i++) {
                stats.submit(note("n", i));
            }
            assertThat(stats.delivery())
                    .isEqualTo(
                            new DeliveryState(Optional.empty(), "Nothing was delivered yet.", Optional.empty(), 20, 1));
        }
    }

    @Test
    void whereASpoolCannotBeLockedNobodyWaitsAndTheReasonIsTold() throws Exception {
        try (UsageStats stats = builder().open()) {
            stats.submit(note("n", 1));
            Files.createDirectory(directory.resolve("stats/lock"));
            stats.enableReporting();

            Drained drained = stats.deliver(SOON);

            assertThat(drained.detail()).startsWith("The spool cannot be locked: ");
            assertThat(drained.remaining()).isEqualTo(1);
        }
        assertThat(transport.attempts).isEmpty();
    }

    @Test
    void anAttemptIsNotedAlsoWhenAllWasDeliveredAndTheNextIsDueAnHourLater() {
        try (UsageStats stats = builder().open()) {
            stats.enableReporting();
            stats.submit(note("n", 1));
        }
        try (UsageStats stats = builder().open()) {
            DeliveryState delivered = stats.delivery();
            assertThat(delivered.lastAttempt().orElseThrow()).isBetween(before, Instant.now());
            assertThat(delivered.answer()).isEqualTo("All that waited was delivered.");
            assertThat(delivered.nextDue()).isEmpty();
            assertThat(delivered.waiting()).isZero();

            stats.submit(note("n", 2));

            DeliveryState waiting = stats.delivery();
            assertThat(waiting.waiting()).isEqualTo(1);
            assertThat(waiting.nextDue())
                    .hasValue(delivered.lastAttempt().orElseThrow().plus(HOUR));
        }
    }

    @Test
    void anAttemptThatFailedTellsTheAnswerAndWhenThePauseIsOver() {
        transport.answers = text -> Delivery.of(Answer.RETRY_LATER, HOUR, "it said\n503" + "!".repeat(1000));
        try (UsageStats stats = builder().open()) {
            stats.enableReporting();
            stats.submit(note("n", 1));
            stats.deliver(SOON);

            DeliveryState failed = stats.delivery();
            assertThat(failed.answer())
                    .startsWith("Stopped: it said 503!!!")
                    .endsWith("!…")
                    .hasSize(501);
            assertThat(failed.nextDue())
                    .hasValue(failed.lastAttempt().orElseThrow().plus(HOUR));
            assertThat(failed.waiting()).isEqualTo(1);
        }
    }

    @Test
    void aNoForgetsTheAttempts() {
        try (UsageStats stats = builder().open()) {
            stats.enableReporting();
            stats.submit(note("n", 1));
            stats.deliver(SOON);
            stats.disableReporting();

            assertThat(stats.delivery().lastAttempt()).isEmpty();
        }
    }

    private UsageStatsClient.Builder builder() {
        return UsageStatsClient.builder("cool-program", "0.1")
                .dropPoint(URI.create("https://localhost/"))
                .location(directory.resolve("stats"))
                .transport(transport)
                .waitAtClose(SOON)
                .environment(Map.of());
    }
}
