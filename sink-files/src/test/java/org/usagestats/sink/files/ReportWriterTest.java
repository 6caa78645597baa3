package org.usagestats.sink.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.sink.Durability;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.SinkFullException;
import org.usagestats.sink.kit.LocalDisk;
import org.usagestats.testkit.ReceivedReports;

class ReportWriterTest {

    private static final Instant TIME = Instant.ofEpochMilli(1_794_312_000_005L);

    @TempDir
    private Path directory;

    @Test
    void manyThreadsOfTwoWritersThatDoNotKnowEachOtherReplaceNothing() throws Exception {
        int threads = 8;
        int reports = 100;
        try (ReportWriter one = open();
                ReportWriter other = open()) {
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            List<Callable<Void>> work = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                work.add(storeMany(i % 2 == 0 ? one : other, i * reports, reports));
            }
            for (Future<Void> done : pool.invokeAll(work)) {
                done.get();
            }
            pool.shutdown();
        }

        assertThat(contents()).doesNotHaveDuplicates().hasSize(threads * reports);
    }

    private static Callable<Void> storeMany(ReportWriter writer, int first, int reports) {
        return () -> {
            for (int i = first; i < first + reports; i++) {
                writer.store(List.of(report(i)));
            }
            return null;
        };
    }

    @Test
    void manyReportsOfOneMillisecondKeepTheirOrder() throws IOException {
        List<ReceivedReport> reports = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            reports.add(report(i));
        }
        try (ReportWriter writer = open()) {
            writer.store(reports);
        }
        List<String> read = new ArrayList<>();
        new ReportReader(directory).readAll(json -> read.add(new String(json, StandardCharsets.UTF_8)));

        assertThat(read)
                .containsExactlyElementsOf(reports.stream()
                        .map(report -> new String(report.json(), StandardCharsets.UTF_8))
                        .toList());
    }

    @Test
    void failureIsToldInOneLineAndPasses() throws IOException {
        Path lost = directory.resolve("lost");
        try (ReportWriter writer =
                ReportWriter.open(DurableDirectory.create(new LocalDisk(), lost), Durability.ALWAYS)) {
            Files.delete(lost);
            assertThatIOException()
                    .isThrownBy(() -> writer.store(List.of(report(1))))
                    .withMessageContaining(lost.toString())
                    .withMessageNotContaining("\n")
                    .isNotInstanceOf(SinkFullException.class);
            Files.createDirectory(lost);
            writer.store(List.of(report(1)));
        }
        assertThat(lost).isDirectoryContaining("glob:**report_*");
    }

    private ReportWriter open() throws IOException {
        return ReportWriter.open(DurableDirectory.create(new LocalDisk(), directory), Durability.OS);
    }

    private static ReceivedReport report(int number) {
        return ReceivedReports.text(TIME, "number:" + number).build();
    }

    private List<String> contents() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<String> contents = new ArrayList<>();
            for (Path file : files.toList()) {
                contents.add(Files.readString(file));
            }
            return contents;
        }
    }
}
