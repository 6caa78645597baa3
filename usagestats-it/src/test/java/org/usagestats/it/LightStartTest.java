package org.usagestats.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.api.UsageStats;
import org.usagestats.core.UsageStatsClient;

/**
 * How many of our classes the README's program makes its JVM load. Each costs a short program about half a millisecond,
 * which is nearly all that it pays.
 */
class LightStartTest {

    /** Of these the program itself names eleven. */
    private static final int OF_A_REFUSAL = 15;

    private static final int WITH_NOTHING_DUE = 35;

    private static final String DROP_POINT = "http://127.0.0.1:9/";

    @TempDir
    Path directory;

    private Path location;

    @BeforeEach
    void decide() {
        location = directory.resolve("usage-stats");
    }

    @Test
    void aUserWhoSaidNoPaysForFewClasses() throws Exception {
        try (UsageStats stats = open()) {
            stats.disableReporting();
        }

        assertThat(loaded()).contains("org.usagestats.core.Client").hasSizeLessThanOrEqualTo(OF_A_REFUSAL);
        assertThat(location.toFile().list()).containsExactly("consent");
    }

    @Test
    void whereNothingIsDueNothingOfTheDeliveryIsLoaded() throws Exception {
        try (UsageStats stats = open()) {
            stats.enableReporting();
        }
        Files.writeString(location.resolve("drain"), "ended:" + System.currentTimeMillis() + "\n");

        assertThat(loaded())
                .contains("org.usagestats.core.SpoolName")
                .doesNotContain("org.usagestats.core.Drain", "org.usagestats.core.InProcessDispatch")
                .hasSizeLessThanOrEqualTo(WITH_NOTHING_DUE);
        assertThat(location.toFile().list()).anyMatch(name -> name.startsWith("report_"));
    }

    private UsageStats open() {
        return UsageStatsClient.builder("cool-program", "0.1")
                .dropPoint(URI.create(DROP_POINT))
                .location(location)
                .open();
    }

    private List<String> loaded() throws Exception {
        Path log = directory.resolve("classes");
        Command program = Command.of(
                Built.java(),
                "-Xlog:class+load:file=" + log,
                "-cp",
                Built.classPath("usagestats-api", "usagestats-core", "transport-http", "transport-subprocess"),
                ShortMain.class.getName(),
                location.toString(),
                DROP_POINT);
        assertThat(program.run().status()).isZero();
        return Files.readAllLines(log).stream()
                .map(line -> line.substring(line.lastIndexOf(']') + 1).strip().split(" ")[0])
                .filter(name -> name.startsWith("org.usagestats.") && !name.startsWith("org.usagestats.it."))
                .toList();
    }
}
