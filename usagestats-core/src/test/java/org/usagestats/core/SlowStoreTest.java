package org.usagestats.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usagestats.api.Note.note;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.api.Submission.Fate;
import org.usagestats.api.UsageStats;
import org.usagestats.spi.ConsentStore;

/** A store of the program's own that hangs, as a database does, holds up who drains, and nobody who submits. */
class SlowStoreTest {

    @TempDir
    Path directory;

    private final CountDownLatch hanging = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void submittingDoesNotWaitForAStoreThatADrainWaitsFor() throws Exception {
        try (UsageStats stats = UsageStatsClient.builder("slow-store", "1")
                .dropPoint(URI.create("https://localhost/"))
                .location(directory.resolve("stats"))
                .transport(new ScriptedTransport())
                .consentStore(new SlowStore())
                .waitAtClose(Duration.ofMillis(1))
                .environment(Map.of())
                .open()) {
            stats.enableReporting();
            stats.submit(note("n", 1));
            hanging.await();

            assertThat(stats.submit(note("n", 2)).fate()).isEqualTo(Fate.SPOOLED);
        } finally {
            released.countDown();
        }
    }

    /** Hangs when a drain asks. */
    private final class SlowStore implements ConsentStore {

        private String record = "";

        @Override
        public Optional<String> read() {
            if (Thread.currentThread().getName().equals("usagestats-drain")) {
                hanging.countDown();
                await(released);
            }
            return record.isEmpty() ? Optional.empty() : Optional.of(record);
        }

        @Override
        public void write(String text) {
            record = text;
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await(120, TimeUnit.SECONDS);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
