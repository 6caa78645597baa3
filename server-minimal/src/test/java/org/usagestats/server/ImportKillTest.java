package org.usagestats.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.testkit.Await;

/** An import that is killed leaves nothing by halves, and the next one finishes it. */
class ImportKillTest {

    private static final int REPORTS = 3_000;
    private static final int ROUNDS = 4;

    @TempDir
    private Path directory;

    @Test
    void a_log_has_all_of_it_or_none() throws Exception {
        Path source = source();
        Path unfinished = directory.resolve("sink/_usagestats/imports/0.tmp");
        for (int round = 0; round < ROUNDS; round++) {
            long enough = round * 100_000L;
            killOnce(source, "jsonl", () -> Files.exists(unfinished) && Files.size(unfinished) >= enough);

            assertThat(exported("jsonl")).isIn(0L, (long) REPORTS);
            assertThat(Ran.command("verify", "jsonl:" + directory.resolve("sink"))
                            .status())
                    .isZero();
        }

        assertThat(Ran.command("import", "jsonl:" + directory.resolve("sink"), source)
                        .status())
                .isZero();
        assertThat(exported("jsonl")).isEqualTo(REPORTS);
        assertThat(unfinished).doesNotExist();
    }

    @Test
    void files_are_whole_and_the_next_import_adds_the_others() throws Exception {
        Path source = source();
        killOnce(source, "files", () -> exists("sink") && exported("files") >= 500);
        long left = exported("files");
        assertThat(Ran.command("verify", "files:" + directory.resolve("sink")).status())
                .isZero();

        Ran finished = Ran.command("import", "files:" + directory.resolve("sink"), source);
        assertThat(finished.err()).startsWith("imported " + (REPORTS - left) + " reports; " + left + " were there");
        assertThat(exported("files")).isEqualTo(REPORTS);
    }

    private boolean exists(String name) {
        return Files.isDirectory(directory.resolve(name));
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private void killOnce(Path source, String sink, Condition condition) throws Exception {
        Process process = MainCommand.of(
                        List.of(), List.of("import", sink + ":" + directory.resolve("sink"), source.toString()))
                .redirectErrorStream(true)
                .start();
        try {
            Await.until("the import", Duration.ofSeconds(60), () -> !process.isAlive() || condition.holds());
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private Path source() throws IOException {
        Path source = directory.resolve("source.jsonl");
        try (BufferedWriter out = Files.newBufferedWriter(source)) {
            for (int i = 0; i < REPORTS; i++) {
                out.write("{\"n\":" + i + ",\"text\":\"" + "x".repeat(100)
                        + "\",\"server_time\":\"2016-01-01T00:00:0" + i / 1000 + "."
                        + String.valueOf(1000 + i % 1000).substring(1)
                        + "Z\"}\n");
            }
        }
        return source;
    }

    private long exported(String sink) {
        try (Stream<String> lines = Ran.command("export", sink + ":" + directory.resolve("sink"))
                .out()
                .lines()) {
            return lines.count();
        }
    }
}
