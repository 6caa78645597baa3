package org.usagestats.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usagestats.api.Note.note;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.api.Part;
import org.usagestats.api.Report;
import org.usagestats.api.UsageStats;
import org.usagestats.spi.ConsentStore;

/** The report that a program's end makes, when the program closes its usage statistics. */
class LastReportTest {

    @TempDir
    Path directory;

    private final ScriptedTransport transport = new ScriptedTransport();

    @Test
    void whatWasNotedAndNeverSubmittedIsSubmittedByClose() {
        UsageStats stats = builder().open();
        stats.submitAtExit(note("replaced", 1));
        stats.submitAtExit(note("last", 1));
        stats.submit(note("first", 1));
        stats.note("left", 1);
        stats.close();
        stats.close();

        assertThat(waiting()).hasSize(2);
        assertThat(waiting().get(1).text()).endsWith("\nleft:1\nlast:1\n");
    }

    @Test
    void withoutBeingAskedForItIsDropped() {
        try (UsageStats stats = builder().open()) {
            stats.note("left", 1);
        }
        assertThat(waiting()).isEmpty();
    }

    @Test
    void aRunThatSubmittedAllMakesNoneAndOneThatSubmittedNothingDoes() {
        try (UsageStats stats = builder().open()) {
            stats.submitAtExit(note("last", 1));
            stats.note("n", 1);
            stats.submit();
        }
        assertThat(waiting()).hasSize(1);
        try (UsageStats stats = builder().open()) {
            stats.submitAtExit(note("last", 1));
        }
        // The reports of two instances made in one millisecond are in no order.
        assertThat(waiting())
                .hasSize(2)
                .filteredOn(report -> report.text().contains("\nlast:1\n"))
                .hasSize(1);
    }

    @Test
    void itIsDeliveredAsEveryOtherIfItIsDue() {
        try (UsageStats stats = builder().open()) {
            stats.enableReporting();
            stats.submitAtExit((Part[]) null);
            stats.note("left", 1);
        }
        assertThat(transport.attempts).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void afterANoThereIsNoneWhoeverWasTold(boolean byAnotherProcess) {
        UsageStats stats = builder().open();
        stats.enableReporting();
        stats.submitAtExit();
        stats.note("left", 1);
        try (UsageStats other = builder().open()) {
            (byAnotherProcess ? other : stats).disableReporting();
        }
        stats.close();

        assertThat(directory.resolve("stats").toFile().list((folder, name) -> name.startsWith("report_")))
                .isEmpty();
    }

    @Test
    void aStoreOfTheProgramsOwnIsNotAskedAtTheEnd() {
        AtomicInteger reads = new AtomicInteger();
        UsageStats stats = builder()
                .consentStore(new ConsentStore() {
                    @Override
                    public Optional<String> read() {
                        reads.incrementAndGet();
                        return Optional.empty();
                    }

                    @Override
                    public void write(String record) {}
                })
                .open();
        stats.submitAtExit();
        stats.note("left", 1);
        int before = reads.get();
        stats.close();

        assertThat(reads).hasValue(before);
        assertThat(waiting()).hasSize(1);
    }

    @Test
    void afterCloseItCannotBeAskedForAnyMore() {
        UsageStats stats = builder().open();
        stats.close();
        stats.submitAtExit(note("last", 1));
        stats.close();

        assertThat(directory).isEmptyDirectory();
    }

    private List<Report> waiting() {
        try (UsageStats stats = builder().open()) {
            return stats.pending();
        }
    }

    private UsageStatsClient.Builder builder() {
        return UsageStatsClient.builder("cool-program", "0.1")
                .dropPoint(URI.create("https://localhost/"))
                .location(directory.resolve("stats"))
                .transport(transport)
                .waitAtClose(Duration.ofSeconds(60))
                .environment(Map.of());
    }
}
