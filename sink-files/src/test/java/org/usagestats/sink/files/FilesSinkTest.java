package org.usagestats.sink.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.usagestats.api.Erasure;
import org.usagestats.sink.Durability;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.SinkConfig;
import org.usagestats.testkit.Await;
import org.usagestats.testkit.ReceivedReports;

class FilesSinkTest {

    private static final UUID ID = new UUID(1, 2);
    private static final Instant TIME = Instant.ofEpochMilli(1_794_312_000_005L);

    @TempDir
    private Path temporary;

    @Test
    void textReportIsFiledAsTheOriginalCollectorsFileIt() throws IOException {
        byte[] body = "date:1794311999.500\r\nuser:u\nwhat:\u00ff no UTF-8".getBytes(ISO_8859_1);
        try (FilesSink sink = open()) {
            sink.append(
                    List.of(ReceivedReport.text(body, TIME).address("192.0.2.1").build()));
        }

        Path file = reports().resolve("report_1794312000.005.txt");
        assertThat(listing()).containsExactly("report_1794312000.005.txt");
        assertThat(new String(Files.readAllBytes(file), ISO_8859_1))
                .isEqualTo("submitted_from:192.0.2.1\nsubmitted_date:1794312000.005\n"
                        + "date:1794311999.500\r\nuser:u\nwhat:\u00ff no UTF-8");
    }

    @Test
    void aDirectoryHasAPositionOnceItHasComeToRest() throws IOException {
        try (FilesSink sink = open()) {
            sink.append(List.of(ReceivedReports.text(TIME, "date:1.500").build()));
            assertThat(sink.position()).as("just after a report").isEmpty();

            Files.setLastModifiedTime(reports(), FileTime.from(TIME));
            assertThat(sink.position()).isPresent().isEqualTo(sink.position());

            Optional<String> before = sink.position();
            Files.setLastModifiedTime(reports(), FileTime.from(TIME.plusNanos(1)));
            assertThat(sink.position()).isPresent().isNotEqualTo(before);
        }
    }

    @Test
    void whatTheOriginalsDoNotKnowFollowsTheirLines() throws IOException {
        try (FilesSink sink = open()) {
            sink.append(List.of(ReceivedReports.text(TIME, "date:1.500")
                    .id(ID)
                    .path("/usage")
                    .build()));
        }

        assertThat(reports().resolve("report_1794312000.005.txt"))
                .hasContent("submitted_from:-\nsubmitted_date:1794312000.005\n"
                        + "submitted_id:00000000-0000-0001-0000-000000000002\nsubmitted_path:/usage\ndate:1.500\n");
    }

    @Test
    void eraseHashStandsBehindTheId() throws IOException {
        String hash = "0123456789abcdef".repeat(4);
        try (FilesSink sink = open()) {
            sink.append(List.of(ReceivedReports.text(TIME, "date:1.500")
                    .id(ID)
                    .eraseHash(hash)
                    .path("/usage")
                    .build()));
        }

        assertThat(reports().resolve("report_1794312000.005.txt"))
                .hasContent("submitted_from:-\nsubmitted_date:1794312000.005\n"
                        + "submitted_id:00000000-0000-0001-0000-000000000002\nsubmitted_erase:" + hash
                        + "\nsubmitted_path:/usage\ndate:1.500\n");
    }

    @Test
    void erasedReportsLeaveNoFileAndOthersStay() throws IOException {
        Erasure erasure = new Erasure(ID, "0".repeat(64));
        ReceivedReport.Builder text =
                ReceivedReports.text(TIME, "date:1.500").id(ID).eraseHash(erasure.hash());
        ReceivedReport.Builder json =
                ReceivedReports.json(TIME, "\"a\":1").id(ID).eraseHash(erasure.hash());
        // Both have the same id and hash: the first was received long ago.
        Files.createDirectories(reports());
        Files.write(reports().resolve("report_1.000.json"), new JsonFile().encode(json.build()));
        Files.writeString(reports().resolve("notes"), "keep");
        try (FilesSink sink = open()) {
            sink.append(List.of(
                    text.build(), ReceivedReports.text(TIME, "date:1.500").build()));
            sink.erase(List.of(erasure));

            assertThat(listing()).containsExactly("notes", "report_1794312000.005-1.txt");
            // A name that is free again may be taken by somebody else.
            Files.move(
                    reports().resolve("report_1794312000.005-1.txt"), reports().resolve("report_1794312000.005.txt"));
            sink.erase(List.of(erasure));
            assertThat(listing()).containsExactly("notes", "report_1794312000.005.txt");
        }
    }

    @Test
    void jsonReportIsFiledAsItsCanonicalObject() throws IOException {
        ReceivedReport report =
                ReceivedReports.json(TIME, "\"a\":[1.50]").id(ID).build();
        try (FilesSink sink = open()) {
            sink.append(List.of(report));
        }

        assertThat(listing()).containsExactly("report_1794312000.005.json");
        assertThat(Files.readString(reports().resolve("report_1794312000.005.json")))
                .isEqualTo(new String(report.json(), UTF_8) + "\n");
    }

    @Test
    void idsOfJsonReportsAreKnownAfterOpeningAgain() throws IOException {
        Instant now = Instant.now();
        try (FilesSink sink = open()) {
            sink.append(List.of(
                    json(now, "\"a\":1"),
                    ReceivedReports.json(now, "").id(new UUID(3, 4)).build()));
        }
        try (FilesSink sink = open()) {
            assertThat(sink.append(List.of(
                            json(now, "\"a\":1"),
                            json(now, "\"a\":2"),
                            ReceivedReports.json(now, "").id(new UUID(3, 4)).build())))
                    .containsExactly(Outcome.DUPLICATE, Outcome.CONFLICT, Outcome.DUPLICATE);
        }
    }

    @Test
    void reportsOfTheSameMillisecondHaveNumberedNames() throws IOException {
        try (FilesSink sink = open()) {
            for (int i = 0; i < 3; i++) {
                sink.append(List.of(ReceivedReports.json(TIME, "\"i\":" + i).build()));
            }
            assertThat(listing())
                    .containsExactly(
                            "report_1794312000.005-1.json",
                            "report_1794312000.005-2.json",
                            "report_1794312000.005.json");
            assertThat(export(sink))
                    .extracting(line -> line.replaceAll(".*\"i\":", ""))
                    .containsExactly("0}", "1}", "2}");
        }
    }

    @Test
    void whatACrashLeftIsRemovedAndNothingElse() throws IOException {
        Files.createDirectories(reports());
        Files.writeString(reports().resolve(".tmp-1"), "submitted_from:-\nsubm");
        Files.writeString(
                reports().resolve("report_1.000.txt"), "submitted_from:-\nsubmitted_date:1.000\ndate:1.500\n");
        Files.writeString(reports().resolve("notes"), "keep");

        open().close();

        assertThat(listing()).containsExactly("notes", "report_1.000.txt");
    }

    @Test
    void whatIsDamagedOrForeignIsCountedAndPassedOver() throws IOException {
        Files.createDirectories(reports().resolve("folder"));
        for (String foreign : List.of("notes", "report_1.txt", "report_2.000.xml", "report_.000.txt")) {
            Files.writeString(reports().resolve(foreign), "submitted_from:-\nsubmitted_date:1.000\na:1\n");
        }
        Files.writeString(reports().resolve("report_1.001.txt"), "");
        Files.writeString(reports().resolve("report_1.002.txt"), "date:1.500\na:1\n");
        Files.writeString(reports().resolve("report_1.003.txt"), "submitted_from:-\nsubmitted_date:yesterday\na:1\n");
        Files.writeString(reports().resolve("report_1.004.txt"), "submitted_from:-\nsubmitted_date:1.00");
        Files.writeString(
                reports().resolve("report_1.005.txt"), "submitted_from:-\nsubmitted_date:1.000\nsubmitted_id:x\na:1\n");
        Files.writeString(reports().resolve("report_1.006.json"), "");
        Files.writeString(
                reports().resolve("report_1.007.json"), "{\"server_time\":\"1970-01-01T00:00:00.000Z\",\"a\":");
        Files.createDirectory(reports().resolve("report_1.008.json"));
        Files.createSymbolicLink(
                reports().resolve("report_1.009.txt"), reports().resolve("report_9.000.txt"));
        Files.writeString(reports().resolve("report_9.000.txt"), "submitted_from:-\nsubmitted_date:9.000\na:1\n");
        try (FilesSink sink = open()) {
            QueryResult result = sink.query(Query.count("a"));

            assertThat(result.texts()).containsExactly(List.of("1", 1L));
            assertThat(result.coverage().damaged()).isEqualTo(14);
            assertThat(export(sink)).containsExactly("{\"server_time\":\"1970-01-01T00:00:09.000Z\",\"a\":\"1\"}");
        }
    }

    @Test
    void onlyReportsOfTheLastThirtyDaysAreRemembered() throws IOException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        try (FilesSink sink = open()) {
            sink.append(List.of(text(now.minus(Duration.ofDays(32)), 1), text(now.minus(Duration.ofDays(29)), 2)));
        }
        try (FilesSink sink = open()) {
            assertThat(sink.append(List.of(text(now, 1), text(now, 2))))
                    .containsExactly(Outcome.STORED, Outcome.DUPLICATE);
            assertThat(sink.query(Query.count()).texts()).containsExactly(List.of(2L));
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void everyLevelOfDurabilityKeepsReportsAndLeavesNoThreadBehind(Durability durability) throws Exception {
        try (FilesSink sink = FilesSink.open(reports(), durability)) {
            sink.append(List.of(text(TIME, 1)));
            assertThat(isSyncing()).isEqualTo(durability == Durability.INTERVAL);
        }
        Await.until("the thread to end", Duration.ofSeconds(10), () -> !isSyncing());
        try (FilesSink sink = FilesSink.open(reports(), durability)) {
            assertThat(sink.query(Query.count()).texts()).containsExactly(List.of(1L));
        }
    }

    @Test
    void closedSinkStoresNothingAndClosesOnlyOnce() throws IOException {
        FilesSink sink = open();
        sink.close();
        try (FilesSink other = open()) {
            sink.close();
            assertThatIOException()
                    .isThrownBy(() -> sink.append(List.of(text(TIME, 1))))
                    .withMessageContaining("closed");
            assertThatIOException().isThrownBy(this::open).withMessageContaining("in use by this process");
            assertThat(other.append(List.of(text(TIME, 1)))).containsExactly(Outcome.STORED);
        }
    }

    @Test
    void unusableLocationIsRefusedInOneLine() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));

        assertThatIOException()
                .isThrownBy(() -> FilesSink.open(file, Durability.OS))
                .withMessage(file + " is not a directory");
        assertThatIOException()
                .isThrownBy(() -> FilesSink.open(file.resolve("below"), Durability.OS))
                .withMessage(file + " is not a directory");
        assertThatIOException()
                .isThrownBy(() -> new FilesSinkProvider()
                        .open(new SinkConfig("/proc/self/task", Durability.OS, "default", Map.of())))
                .withMessageContaining("/proc")
                .withMessageNotContaining("\n");
    }

    private static boolean isSyncing() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("usagestats-files-sync"));
    }

    private FilesSink open() throws IOException {
        return FilesSink.open(reports(), Durability.ALWAYS);
    }

    private Path reports() {
        return temporary.resolve("reports");
    }

    private List<String> listing() throws IOException {
        try (Stream<Path> files = Files.list(reports())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static List<String> export(FilesSink sink) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        sink.exportJsonLines(out);
        return out.toString(UTF_8).lines().toList();
    }

    private static ReceivedReport text(Instant received, int id) {
        return ReceivedReports.text(received, "date:1.500").id(new UUID(0, id)).build();
    }

    private static ReceivedReport json(Instant received, String fields) {
        return ReceivedReports.json(received, fields)
                .id(ID)
                .address("192.0.2.1")
                .path("/a\"\\b")
                .build();
    }
}
