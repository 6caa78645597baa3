package org.usagestats.sink.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.sink.Durability;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.SinkFullException;
import org.usagestats.testkit.ReceivedReports;

/** Runs on a disk of its own of 256 KiB, which only root on Linux can make. */
class FullDiskTest {

    @TempDir
    private Path disk;

    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        mounted = run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk.toString());
        assumeTrue(mounted, "no disk of its own could be mounted");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertThat(run("umount", disk.toString())).isTrue();
        }
    }

    @Test
    void whatDoesNotFitIsNotStoredAtAllAndIsTakenWhenThereIsRoom() throws IOException {
        ReceivedReport small = report(1, 10);
        ReceivedReport medium = report(2, 150_000);
        ReceivedReport large = report(3, 400_000);
        try (FilesSink sink = FilesSink.open(disk.resolve("reports"), Durability.ALWAYS)) {
            assertThatExceptionOfType(SinkFullException.class).isThrownBy(() -> sink.append(List.of(small, large)));
            assertThat(listing()).isEmpty();

            assertThat(sink.append(List.of(small, medium))).containsExactly(Outcome.STORED, Outcome.STORED);
            assertThatExceptionOfType(SinkFullException.class)
                    .isThrownBy(() -> sink.append(List.of(report(4, 150_000))));
            assertThat(listing()).hasSize(2);

            for (Path file : listing()) {
                Files.delete(file);
            }
            assertThat(sink.append(List.of(report(4, 150_000)))).containsExactly(Outcome.STORED);
        }
    }

    private List<Path> listing() throws IOException {
        try (Stream<Path> files = Files.list(disk.resolve("reports"))) {
            return files.toList();
        }
    }

    private static ReceivedReport report(int id, int size) {
        return ReceivedReports.text(Instant.ofEpochSecond(1), "a:" + "x".repeat(size))
                .id(new UUID(0, id))
                .build();
    }

    private static boolean run(String... command) throws Exception {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
