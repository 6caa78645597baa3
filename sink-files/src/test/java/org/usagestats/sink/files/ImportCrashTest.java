package org.usagestats.sink.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.testkit.Await;
import org.usagestats.testkit.ReceivedReports;

/** An import that is killed has brought in whole reports; the next try adds the others and nothing twice. */
class ImportCrashTest {

    private static final Instant TIME = Instant.ofEpochMilli(1_794_312_000_005L);
    private static final int REPORTS = 600;

    /** An import gathers as many before it writes them. */
    private static final int WRITTEN_AT_ONCE = 500;

    private static final int ROUNDS = Boolean.getBoolean("usagestats.thorough") ? 60 : 3;

    @TempDir
    private Path temporary;

    /** Imports, and does not come to an end: it waits before the last report. */
    static final class Importer {

        public static void main(String[] arguments) throws IOException {
            try (FilesImport run = FilesImport.begin(Path.of(arguments[0]))) {
                for (int i = 0; i < REPORTS - 1; i++) {
                    run.add(report(i));
                }
                System.in.read();
            }
        }
    }

    private static long importInto(Path directory) throws IOException {
        try (FilesImport run = FilesImport.begin(directory)) {
            for (int i = 0; i < REPORTS; i++) {
                run.add(report(i));
            }
            return run.commit();
        }
    }

    /** Ten of each millisecond. */
    private static ReceivedReport report(int number) {
        return ReceivedReports.text(TIME.plusMillis(number / 10), "n:" + number).build();
    }

    @Test
    void whatIsThereAfterAKillIsWholeAndIsThereOnceAfterTheNextTry() throws Exception {
        Random random = new Random(20260312);
        for (int round = 0; round < ROUNDS; round++) {
            Path directory = Files.createDirectory(temporary.resolve("round" + round));
            killWhenThereAre(1 + random.nextInt(WRITTEN_AT_ONCE), directory);
            List<String> before = read(directory);
            assertThat(before).hasSizeLessThan(REPORTS);

            assertThat(importInto(directory)).as("round %d", round).isEqualTo(REPORTS - before.size());
            List<String> all = new ArrayList<>();
            for (int i = 0; i < REPORTS; i++) {
                all.add(new String(report(i).json(), StandardCharsets.UTF_8));
            }
            assertThat(read(directory)).as("round %d", round).containsExactlyInAnyOrderElementsOf(all);
            assertThat(count(directory)).as("no more files").isEqualTo(REPORTS);
            assertThat(importInto(directory)).isZero();
        }
    }

    private static void killWhenThereAre(int files, Path directory) throws Exception {
        Process importer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath(),
                        Importer.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            Await.until(files + " files are there", Duration.ofMinutes(1), () -> count(directory) >= files);
        } finally {
            importer.destroyForcibly().waitFor();
        }
    }

    private static String classPath() {
        return String.join(
                File.pathSeparator,
                Path.of("target", "classes").toAbsolutePath().toString(),
                Path.of("target", "test-classes").toAbsolutePath().toString(),
                System.getProperty("jdk.module.path", ""),
                System.getProperty("java.class.path"));
    }

    private static long count(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.count();
        }
    }

    private static List<String> read(Path directory) throws IOException {
        List<String> reports = new ArrayList<>();
        long damaged =
                new ReportReader(directory).readAll(json -> reports.add(new String(json, StandardCharsets.UTF_8)));
        assertThat(damaged).isZero();
        return reports;
    }
}
