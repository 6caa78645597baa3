package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.usagestats.sink.jsonl.Sample.NOON;
import static org.usagestats.sink.jsonl.Sample.exported;
import static org.usagestats.sink.jsonl.Sample.json;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.Query;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.SinkFullException;
import org.usagestats.sink.kit.LocalDisk;

/** Runs on a file system of one mebibyte in memory, where this user may mount one. */
class FullDiskTest {

    private static final int CYCLES = 5;

    @TempDir
    Path mountPoint;

    @BeforeEach
    void mount() throws Exception {
        assumeTrue(new File("/bin/mount").canExecute());
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", mountPoint.toString()) == 0);
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", mountPoint.toString());
    }

    @Test
    void aFullDiskRefusesAndRecoversWithoutRestart() throws IOException {
        List<String> acknowledged = new ArrayList<>();
        Path ballast = mountPoint.resolve("ballast");
        Path root = mountPoint.resolve("data");
        try (JsonlSink sink = JsonlSink.open(Sample.settings(root), new LocalDisk(), NOON)) {
            for (int cycle = 0; cycle < CYCLES; cycle++) {
                Files.write(ballast, new byte[(CYCLES - cycle) * (50 << 10)]);
                while (append(sink, acknowledged)) {}
                assertThat(exported(sink)).isEqualTo(acknowledged);
                Files.delete(ballast);
                assertThat(append(sink, acknowledged)).isTrue();
            }
            while (append(sink, acknowledged)) {}
        }
        try (JsonlSink sink = JsonlSink.open(Sample.settings(root), new LocalDisk(), NOON)) {
            assertThat(exported(sink)).isEqualTo(acknowledged);
            assertThat(sink.query(Query.count()).coverage().damaged()).isZero();
        }
    }

    /** Appends a report of three kibibytes; false if the disk is full. */
    private static boolean append(JsonlSink sink, List<String> acknowledged) throws IOException {
        int number = acknowledged.size() + 1;
        ReceivedReport report = Sample.report(new UUID(0, number), "n:" + "x".repeat(3000), NOON);
        try {
            assertThat(sink.append(List.of(report))).containsExactly(Outcome.STORED);
            acknowledged.add(json(report));
            return true;
        } catch (SinkFullException full) {
            assertThat(full).hasMessageContaining("No space left on device");
            return false;
        }
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
