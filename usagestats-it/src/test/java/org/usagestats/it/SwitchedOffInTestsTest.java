package org.usagestats.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.api.Consent.State;
import org.usagestats.api.UsageStats;
import org.usagestats.core.UsageStatsClient;

/** These tests name the testkit's listener, as the README says; so usage statistics are off in their JVM. */
class SwitchedOffInTestsTest {

    @TempDir
    Path directory;

    @Test
    void aProgramUnderTestRecordsNothing() {
        try (UsageStats stats = UsageStatsClient.builder("cool-program", "0.1")
                .dropPoint(URI.create("http://127.0.0.1:9/"))
                .location(directory.resolve("stats"))
                .open()) {
            stats.submit();

            assertThat(stats.consent().state()).isEqualTo(State.DISABLED_BY_ENVIRONMENT);
            assertThat(stats.consent().reason()).contains("usagestats.disabled");
        }
        assertThat(directory).isEmptyDirectory();
    }
}
