package org.usagestats.sink.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.sink.Durability;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.ReportTail;
import org.usagestats.sink.ReportTaker;
import org.usagestats.sink.SinkConfig;

/** The newest reports of a directory and those that are added, read beside the sink that writes it. */
class DirectoryTailTest {

    private static final Instant TIME = Instant.ofEpochMilli(1_794_312_000_005L);

    @TempDir
    private Path directory;

    private final List<String> damage = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 5, 6})
    void firstComeTheNewestReportsAndThenEachThatIsAddedOnce(int newest) throws IOException {
        try (FilesSink sink = FilesSink.open(directory, Durability.OS)) {
            append(sink, 1, 5);
            try (ReportTail tail = tail(newest)) {
                assertThat(read(tail)).isEqualTo(jsonOf(Math.max(1, 6 - newest), 5));
                assertThat(read(tail)).isEmpty();
                append(sink, 6, 7);
                assertThat(read(tail)).isEqualTo(jsonOf(6, 7));
                append(sink, 8, 8);
                assertThat(read(tail)).isEqualTo(jsonOf(8, 8));
                assertThat(read(tail)).isEmpty();
            }
        }
    }

    @Test
    void whatIsAddedIsSeenWhateverItsTimeOfReceipt() throws IOException {
        try (FilesSink sink = FilesSink.open(directory, Durability.OS)) {
            append(sink, 5, 5);
            try (ReportTail tail = tail(10)) {
                assertThat(read(tail)).isEqualTo(jsonOf(5, 5));
                append(sink, 2, 2);
                assertThat(read(tail)).isEqualTo(jsonOf(2, 2));
            }
        }
    }

    @Test
    void aDirectoryThatHasNotChangedForLongIsNotListed() throws IOException {
        Files.writeString(directory.resolve("report_1.000.txt"), "submitted_from:-\nsubmitted_date:1.000\ndate:1.0\n");
        FileTime longAgo = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(directory, longAgo);
        try (ReportTail tail = tail(10)) {
            assertThat(read(tail)).hasSize(1);
            Files.writeString(
                    directory.resolve("report_2.000.txt"), "submitted_from:-\nsubmitted_date:2.000\ndate:2.0\n");
            Files.setLastModifiedTime(directory, longAgo);
            assertThat(read(tail)).isEmpty();
            Files.setLastModifiedTime(directory, FileTime.fromMillis(2_000_000));
            assertThat(read(tail)).hasSize(1);
        }
    }

    @Test
    void aFileThatIsNoWholeReportIsToldOnceAndOthersThanReportsAreNot() throws IOException {
        try (ReportTail tail = tail(10)) {
            assertThat(read(tail)).isEmpty();
            Files.writeString(directory.resolve("report_1.000.txt"), "date:1.0\n");
            Files.writeString(directory.resolve("notes.txt"), "mine");
            assertThat(read(tail)).isEmpty();
            assertThat(read(tail)).isEmpty();
        }
        assertThat(damage).containsExactly("report_1.000.txt: not a whole report");
    }

    @Test
    void aDirectoryThatIsNotThereIsNamed() {
        Path missing = directory.resolve("no");
        assertThatIOException()
                .isThrownBy(() -> new FilesSinkProvider()
                        .follow(new SinkConfig(missing.toString(), Durability.ALWAYS, "collector", Map.of()), 10))
                .withMessage("there is no directory " + missing);
    }

    private ReportTail tail(int newest) throws IOException {
        return new FilesSinkProvider()
                .follow(new SinkConfig(directory.toString(), Durability.ALWAYS, "collector", Map.of()), newest);
    }

    private static ReceivedReport report(int number) {
        byte[] body = ("date:1.000\nn:" + number + "\n").getBytes(StandardCharsets.UTF_8);
        return ReceivedReport.text(body, TIME.plusSeconds(number)).build();
    }

    private static List<String> jsonOf(int first, int last) {
        List<String> json = new ArrayList<>();
        for (int number = first; number <= last; number++) {
            json.add(new String(report(number).json(), StandardCharsets.UTF_8));
        }
        return json;
    }

    private static void append(FilesSink sink, int first, int last) throws IOException {
        for (int number = first; number <= last; number++) {
            sink.append(List.of(report(number)));
        }
    }

    private List<String> read(ReportTail tail) throws IOException {
        List<String> reports = new ArrayList<>();
        tail.read(new ReportTaker() {
            @Override
            public void report(Place place, byte[] json) {
                reports.add(new String(json, StandardCharsets.UTF_8));
            }

            @Override
            public void damage(Place place, String reason) {
                damage.add(place + ": " + reason);
            }
        });
        return reports;
    }
}
