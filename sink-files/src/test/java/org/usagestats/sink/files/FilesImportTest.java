package org.usagestats.sink.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.sink.Durability;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.ReportTaker;
import org.usagestats.sink.kit.LocalDisk;
import org.usagestats.testkit.ReceivedReports;

/** Reports that were received elsewhere are brought in once, however often it is tried. */
class FilesImportTest {

    private static final Instant TIME = Instant.ofEpochMilli(1_794_312_000_005L);
    private static final int CROWD = 2_000;

    @TempDir
    private Path directory;

    private final AtomicLong looks = new AtomicLong();

    @Test
    void manyReportsOfOneMillisecondTakeALookAtEachFileAndNoMore() throws IOException {
        assertThat(imported(crowd(0, CROWD))).isEqualTo(CROWD);
        assertThat(looks).as("at the one name that there might be").hasValue(1);
        assertThat(files()).hasSize(CROWD).contains("report_1794312000.005-" + (CROWD - 1) + ".txt");

        looks.set(0);
        assertThat(imported(crowd(0, CROWD))).isZero();
        assertThat(looks).hasValue(CROWD);

        looks.set(0);
        assertThat(imported(crowd(CROWD / 2, 2 * CROWD))).isEqualTo(CROWD);
        assertThat(looks).hasValue(CROWD);
        assertThat(read()).hasSize(2 * CROWD).doesNotHaveDuplicates();
    }

    @Test
    void everyNameThatIsTriedFirstIsFree() throws IOException {
        imported(crowd(0, 20));
        Files.delete(directory.resolve("report_1794312000.005-3.txt"));
        Files.writeString(directory.resolve("report_1794312000.005-999999999.txt"), "by hand");
        Set<String> there = new HashSet<>(files());
        ReportReader reader = new ReportReader(directory);
        Moments moments = new Moments(reader.names(), reader::content);
        for (ReceivedReport report : crowd(20, 60)) {
            String name = moments.of(report).toString();
            assertThat(there.add(name)).as(name).isTrue();
        }
        assertThat(there).contains("report_1794312000.005-3.txt", "report_1794312000.005-58.txt");
    }

    @Test
    void millisecondsThatComeAgainAndAgainAreStillOneReportEach() throws IOException {
        int millis = 1_500;
        List<ReceivedReport> reports = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < millis; i++) {
                reports.add(ReceivedReports.text(TIME.plusMillis(i), "n:" + i, "round:" + round % 2)
                        .build());
            }
        }
        assertThat(imported(reports)).isEqualTo(2 * millis);
        assertThat(imported(reports)).isZero();
        assertThat(files()).hasSize(2 * millis);
    }

    @Test
    void whatWasDeletedInBetweenHidesNoneOfTheOthers() throws IOException {
        imported(crowd(0, 10));
        Files.delete(directory.resolve("report_1794312000.005.txt"));
        Files.delete(directory.resolve("report_1794312000.005-4.txt"));

        assertThat(imported(crowd(0, 10))).as("those two").isEqualTo(2);
        assertThat(read()).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void reportsOfBothFormatsAndOtherTimesAreKeptApart() throws IOException {
        List<ReceivedReport> reports = List.of(
                ReceivedReports.text(TIME, "n:1").build(),
                ReceivedReports.text(TIME.plusMillis(1), "n:1").build(),
                ReceivedReports.json(TIME, "\"n\":1").build(),
                ReceivedReports.json(TIME, "\"n\":2").build());
        assertThat(imported(reports)).isEqualTo(4);
        assertThat(imported(reports)).isZero();
        assertThat(files())
                .containsExactlyInAnyOrder(
                        "report_1794312000.005.txt",
                        "report_1794312000.006.txt",
                        "report_1794312000.005.json",
                        "report_1794312000.005-1.json");
    }

    @Test
    void whatIsNoPlainFileKeepsItsName() throws IOException {
        Path target = Files.writeString(directory.resolve("target"), "mine");
        Files.createSymbolicLink(directory.resolve("report_1794312000.005.txt"), target);
        Files.createDirectory(directory.resolve("report_1794312000.005-1.txt"));

        assertThat(imported(crowd(0, 3))).isEqualTo(3);
        assertThat(imported(crowd(0, 3))).isZero();
        assertThat(target).hasContent("mine");
        assertThat(files()).hasSize(6);
    }

    @Test
    void aCollectorAndAnotherImportKeepItOut() throws IOException {
        try (FilesSink sink = FilesSink.open(directory, Durability.OS)) {
            assertThatIOException().isThrownBy(() -> imported(crowd(0, 1))).withMessageContaining(directory.toString());
            assertThat(sink.append(crowd(0, 1))).hasSize(1);
        }
        try (FilesImport first = FilesImport.begin(directory)) {
            assertThatIOException().isThrownBy(() -> imported(crowd(1, 2)));
            first.commit();
        }
        assertThat(files()).hasSize(1);
    }

    @Test
    void anInspectionNamesEachFileThatIsNoReportOrNotWhole() throws IOException {
        imported(crowd(0, 3));
        Path torn = directory.resolve("report_1794312000.005-1.txt");
        Files.write(torn, new byte[] {'x', (byte) 0xff});
        Files.writeString(directory.resolve("notes.txt"), "not ours");
        Files.writeString(directory.resolve(ReportWriter.TEMPORARY + "half"), "being written");

        List<String> damage = new ArrayList<>();
        List<String> reports = read(damage);
        assertThat(reports).hasSize(2);
        assertThat(damage)
                .containsExactly("notes.txt: not named like a report", torn.getFileName() + ": not a whole report");
    }

    private long imported(List<ReceivedReport> reports) throws IOException {
        try (FilesImport run = FilesImport.begin(new LocalDisk(), directory, this::counted)) {
            for (ReceivedReport report : reports) {
                run.add(report);
            }
            return run.commit();
        }
    }

    private Moments.Contents counted(Moments.Contents contents) {
        return name -> {
            looks.incrementAndGet();
            return contents.of(name);
        };
    }

    private static List<ReceivedReport> crowd(int first, int end) {
        List<ReceivedReport> reports = new ArrayList<>();
        for (int i = first; i < end; i++) {
            reports.add(ReceivedReports.text(TIME, "n:" + i).build());
        }
        return reports;
    }

    private List<String> read() throws IOException {
        List<String> damage = new ArrayList<>();
        List<String> reports = read(damage);
        assertThat(damage).isEmpty();
        return reports;
    }

    private List<String> read(List<String> damage) throws IOException {
        List<String> reports = new ArrayList<>();
        new ReportReader(directory).readAll(new ReportTaker() {
            @Override
            public void report(Place place, byte[] json) {
                reports.add(new String(json, StandardCharsets.UTF_8));
            }

            @Override
            public void damage(Place place, String reason) {
                damage.add(place.file() + ": " + reason);
            }
        });
        return reports;
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
