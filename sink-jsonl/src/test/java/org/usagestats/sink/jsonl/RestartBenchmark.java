package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.sink.Durability;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.kit.LocalDisk;

/**
 * How long a collector with many reports takes to be ready after a kill, and how much memory their ids take. Not among the
 * tests that always run: {@code -Dtest=RestartBenchmark}, with {@code -Dreports=10000000 -Ddays=30}.
 */
class RestartBenchmark {

    private static final int REPORTS = Integer.getInteger("reports", 1_000_000);
    private static final int DAYS = Integer.getInteger("days", 30);
    private static final int SEGMENT_BYTES = 64 << 20;
    private static final String FILLER = "x".repeat(400);

    @TempDir
    Path root;

    /** Opens the log, says how long that took and what it cost, keeps a report and waits for its end. */
    static final class Collector {

        public static void main(String[] arguments) throws IOException {
            Path root = Path.of(arguments[0]);
            long begun = System.nanoTime();
            JsonlSink sink = open(root);
            long opened = (System.nanoTime() - begun) / 1_000_000;
            Instant started = ProcessHandle.current().info().startInstant().orElseThrow();
            long ready = Duration.between(started, Instant.now()).toMillis();
            sink.append(List.of(Sample.report(UUID.randomUUID(), "n:1", Instant.now())));
            Outcome again = sink.append(List.of(report(REPORTS / 2))).get(0);
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            long heap = (runtime.totalMemory() - runtime.freeMemory()) / 1_000_000;
            System.out.printf(
                    "opened in %d ms, ready %d ms after the process began, heap %d MB, a report again is a %s%n",
                    opened, ready, heap, again);
            System.in.read();
        }
    }

    @Test
    void figures() throws Exception {
        write(root);
        long begun = System.nanoTime();
        open(root).close();
        System.out.printf(
                "%d reports on %d days, %d segments: everything derived in %d ms%n",
                REPORTS, DAYS, new Layout(root).segments().size(), (System.nanoTime() - begun) / 1_000_000);
        for (int round = 0; round < 4; round++) {
            Process collector = start();
            try (BufferedReader said = collector.inputReader()) {
                String line = said.readLine();
                System.out.println(line);
                assertThat(line).endsWith("DUPLICATE");
            } finally {
                collector.destroyForcibly().waitFor();
            }
        }
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dreports=" + REPORTS,
                        "-cp",
                        ChildJvm.classPath(),
                        Collector.class.getName(),
                        root.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static JsonlSink open(Path root) throws IOException {
        Settings settings = new Settings(
                new Layout(root),
                "web1",
                Durability.ALWAYS,
                SEGMENT_BYTES,
                Duration.ofSeconds(15),
                Keep.FOR_EVER,
                Form.PLAIN);
        return JsonlSink.open(settings, new LocalDisk(), Instant.now());
    }

    private static void write(Path root) throws IOException {
        LocalDate first = LocalDate.now(ZoneOffset.UTC).minusDays(DAYS - 1);
        int sequence = 0;
        for (int day = 0, report = 0; day < DAYS; day++) {
            int end = (int) ((day + 1L) * REPORTS / DAYS);
            while (report < end) {
                Path file = new Layout(root).file(Segment.of(first.plusDays(day), "web1", ++sequence));
                Files.createDirectories(file.resolveSibling(""));
                try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
                    for (long length = 0; length < SEGMENT_BYTES && report < end; report++) {
                        byte[] line = Line.of(report(report).json());
                        out.write(line);
                        length += line.length;
                    }
                }
            }
        }
    }

    private static ReceivedReport report(int number) {
        Random random = new Random(number);
        byte[] body = ("date:1.000\nversion:1.0\nprogram:p\nn:" + number + "\nfiller:" + FILLER + "\n")
                .getBytes(StandardCharsets.UTF_8);
        return ReceivedReport.text(body, Instant.EPOCH)
                .id(new UUID(random.nextLong(), random.nextLong()))
                .build();
    }
}
