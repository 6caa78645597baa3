package org.usagestats.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.sink.Durability;
import org.usagestats.sink.SinkConfig;

class SinkCommandsTest {

    private static final String ID = "0190163d-8694-739b-aea5-966c26f8ad91";
    private static final Path ORIGINAL = Path.of("src/test/resources/original-reports");
    private static final Path ESPYMETRICS = Path.of("src/test/resources/espymetrics/metrics_data.jsonl");

    @TempDir
    private Path directory;

    @Test
    void the_folder_of_an_original_collector_is_imported_under_its_days_and_once() throws IOException {
        String sink = "jsonl:" + directory;

        Ran first = Ran.command("import", sink, "files:" + ORIGINAL);
        assertThat(first).isEqualTo(new Ran(0, "", summary(4, 0, 0)));
        assertThat(directory.resolve("dt=2016-01-01")).isDirectoryContaining("glob:**/import-*.jsonl");
        assertThat(directory.resolve("dt=2016-01-02")).isDirectoryContaining("glob:**/import-*.jsonl");
        Map<String, String> files = content();

        Ran second = Ran.command("import", sink, "files:" + ORIGINAL);
        assertThat(second).isEqualTo(new Ran(0, "", summary(0, 4, 0)));
        assertThat(content()).isEqualTo(files);
        assertThat(Ran.command("verify", sink))
                .isEqualTo(new Ran(0, "", line("4 reports are whole, nothing is damaged")));

        List<String> reports =
                Ran.command("export", sink).out().lines().map(this::withoutId).toList();
        assertThat(reports.get(0))
                .startsWith("{\"server_time\":\"2016-01-01T00:00:00.005Z\",\"submitted_from\":\"127.0.0.1\","
                        + "\"date\":\"1451606399.9\",\"user\":\"5e0b4c4e-0d3a-4c52-8b9d-0f1f5d1a7f10\"");
        assertThat(reports.get(2))
                .contains("\"submitted_from\":\"2001:db8::7\"", "\"client.server_time\":\"mine\"", "\"twice\"]");
        assertThat(reports.get(3))
                .isEqualTo("{\"server_time\":\"2016-01-02T00:00:00.000Z\",\"submitted_from\":\"127.0.0.1\","
                        + "\"date\":\"1451692800.0\"}");
    }

    @Test
    void a_source_that_has_grown_adds_what_is_new_and_counts_nothing_twice() throws IOException {
        Path source = Files.createDirectory(directory.resolve("source"));
        copy(ORIGINAL.resolve("report_1451606400.005.txt"), source);
        Ran.command("import", "jsonl:" + directory.resolve("sink"), "files:" + source);
        copy(ORIGINAL.resolve("report_1451606400.006.txt"), source);
        Ran.command("import", "jsonl:" + directory.resolve("sink"), "files:" + source);

        assertThat(count("jsonl", directory.resolve("sink"))).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"files", "jsonl"})
    void what_python_analytics_kept_is_imported_and_what_is_damaged_is_told_by_line(String name) throws IOException {
        String sink = name + ":" + directory.resolve("sink");

        Ran first = Ran.command("import", sink, ESPYMETRICS);
        assertThat(first.status()).isEqualTo(1);
        assertThat(first.err())
                .isEqualTo(line("usagestats-server: " + ESPYMETRICS + ":3: not a JSON object, passed over")
                        + line("usagestats-server: " + ESPYMETRICS + ":4: it has no server_time, passed over")
                        + summary(4, 0, 2));
        Map<String, String> files = content();
        assertThat(Ran.command("import", sink, ESPYMETRICS).err()).endsWith(summary(0, 4, 2));
        assertThat(content()).isEqualTo(files);

        List<String> reports = Ran.command("export", sink).out().lines().toList();
        assertThat(withoutId(reports.get(0)))
                .isEqualTo("{\"server_time\":\"2015-12-31T23:59:59.999Z\",\"username\":\"zoë\",\"uuid\":140234123,"
                        + "\"python\":{\"version_info\":[2,7,10,\"final\",0],\"is_64bit\":true}}");
        assertThat(reports)
                .hasSize(4)
                .anySatisfy(report ->
                        assertThat(report).contains("\"client.report_id\":\"mine\",\"client.submitted_date\":7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"files", "jsonl"})
    void the_spool_of_a_site_without_a_network_is_imported_and_damage_is_passed_over(String name) throws IOException {
        Path spool = Files.createDirectory(directory.resolve("spool"));
        byte[] content = "date:1789000000.000\nprogram:far-away\n".getBytes(StandardCharsets.UTF_8);
        String whole = "report_1789000000123_" + ID + "_" + checksum(content) + ".txt";
        Files.write(spool.resolve(whole), content);
        Files.write(spool.resolve("report_1789000000124_" + ID + "_00000000.txt"), content);
        Files.write(spool.resolve("report_of_mine.txt"), content);
        byte[] dateless = "program:x\n".getBytes(StandardCharsets.UTF_8);
        Files.write(spool.resolve("report_1789000000125_" + ID + "_" + checksum(dateless) + ".txt"), dateless);
        Files.createFile(spool.resolve("lock"));
        String sink = name + ":" + directory.resolve("sink");

        Ran first = Ran.command("import", sink, spool);
        assertThat(first.status()).isEqualTo(1);
        assertThat(first.err())
                .contains("24_" + ID + "_00000000.txt: its checksum does not hold, passed over")
                .contains("report_of_mine.txt: not a report of the client, passed over")
                .contains(": missing date field, passed over")
                .endsWith(summary(1, 0, 3));
        assertThat(Ran.command("import", sink, spool).err()).endsWith(summary(0, 1, 3));
        assertThat(Ran.command("export", sink).out())
                .isEqualTo("{\"report_id\":\"" + ID + "\",\"server_time\":\"2026-09-10T00:26:40.123Z\","
                        + "\"date\":\"1789000000.000\",\"program\":\"far-away\"}\n");
    }

    @Test
    void an_import_export_and_verification_work_beside_a_running_collector() throws IOException {
        Path sink = directory.resolve("sink");
        try (Collector collector = collector("jsonl", sink)) {
            Reply.to(collector.address(), Requests.pythonRequests("date:12.5\nprogram:live\n"));

            assertThat(Ran.command("import", "jsonl:" + sink, "files:" + ORIGINAL)
                            .err())
                    .isEqualTo(summary(4, 0, 0));
            assertThat(Ran.command("verify", "jsonl:" + sink).err())
                    .isEqualTo(line("5 reports are whole, nothing is damaged"));
            assertThat(Ran.command("export", "jsonl:" + sink).out()).contains("\"live\"");
            assertThat(Reply.to(collector.address(), Requests.get("/v1/count")).body())
                    .contains("\"record_count\": 5");
        }
    }

    @Test
    void the_files_sink_is_read_beside_a_running_collector_but_imports_wait_for_its_end() throws IOException {
        Path sink = directory.resolve("sink");
        try (Collector collector = collector("files", sink)) {
            Reply.to(collector.address(), Requests.pythonRequests("date:12.5\nprogram:live\n"));

            assertThat(Ran.command("verify", "files:" + sink).status()).isZero();
            assertThat(Ran.command("export", "files:" + sink).out()).contains("\"live\"");
            Ran refused = Ran.command("import", "files:" + sink, ESPYMETRICS);
            assertThat(refused.status()).isEqualTo(1);
            assertThat(refused.err().lines()).singleElement().asString().contains("in use");
        }
    }

    @Test
    void damage_in_a_log_is_told_by_file_and_line_and_left_out_of_an_export() throws IOException {
        Ran.command("import", "jsonl:" + directory, "files:" + ORIGINAL);
        Path segment;
        try (Stream<Path> files = Files.list(directory.resolve("dt=2016-01-01"))) {
            segment = files.findFirst().orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(segment);
        bytes[100] ^= 1;
        Files.write(segment, bytes);

        Ran verified = Ran.command("verify", "jsonl:" + directory);
        assertThat(verified)
                .isEqualTo(new Ran(
                        1,
                        line(directory.relativize(segment) + ":1: its checksum does not hold"),
                        line("3 reports are whole, 1 are damaged")));
        Ran exported = Ran.command("export", "jsonl:" + directory);
        assertThat(exported.status()).isEqualTo(1);
        assertThat(exported.out().lines()).hasSize(3);
        assertThat(exported.err()).contains("left out what is damaged, 1 in all");
    }

    @Test
    void damage_among_files_is_told_by_file() throws IOException {
        copy(ORIGINAL.resolve("report_1451606400.005.txt"), directory);
        Files.writeString(directory.resolve("report_12.345.txt"), "date:12.5\n");
        Files.writeString(directory.resolve("report_12.345.json"), "{\"a\":}\n");
        Files.writeString(directory.resolve("notes.txt"), "mine");

        assertThat(Ran.command("verify", "files:" + directory))
                .isEqualTo(new Ran(
                        1,
                        line("notes.txt: not named like a report")
                                + line("report_12.345.txt: not a whole report")
                                + line("report_12.345.json: not a JSON object"),
                        line("1 reports are whole, 3 are damaged")));
    }

    @Test
    void a_table_has_a_column_for_each_key_and_no_formula() {
        Ran csv = Ran.command("export", "files:" + ORIGINAL, "--format", "csv");

        assertThat(csv.status()).isZero();
        List<String> lines = List.of(csv.out().split("\r\n"));
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0))
                .isEqualTo("\"server_time\",\"submitted_from\",\"date\",\"user\",\"version\",\"what\",\"mode\","
                        + "\"architecture\",\"system\",\"python\",\"no colon here\",\"client.server_time\"");
        assertThat(lines.get(3))
                .isEqualTo("\"2016-01-01T23:59:59.999Z\",\"2001:db8::7\",\"12.5\",,,"
                        + "\"[\"\"=HYPERLINK(\\\"\"http://evil.example\\\"\",\\\"\"x\\\"\")\"\",\"\"twice\"\"]\""
                        + ",,,,,\"\",\"mine\"");
    }

    @Test
    void what_a_spreadsheet_would_take_for_a_formula_is_text() throws IOException {
        Path source = Files.writeString(
                directory.resolve("a.jsonl"),
                "{\"server_time\":\"2016-01-01 00:00:00\",\"=key\":\"=1+1\",\"b\":\"@x\",\"c\":\"-5\",\"d\":-5,"
                        + "\"e\":\"-5+1\",\"f\":\"\\tx\",\"g\":\"a\\\"b\\r\\nc\",\"h\":\"\uFF1D1\",\"i\":null}\n");
        Ran.command("import", "jsonl:" + directory.resolve("sink"), source);

        assertThat(Ran.command("export", "jsonl:" + directory.resolve("sink"), "--format", "csv")
                        .out())
                .contains("\"'=key\"")
                .endsWith("\"'=1+1\",\"'@x\",\"-5\",-5,\"'-5+1\",\"'\tx\",\"a\"\"b\r\nc\",\"'\uFF1D1\",\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "--since, 2016-01-02, 1",
        "--until, 2016-01-02, 3",
        "--since, 2016-01-01T23:59:59.999Z, 2",
        "--until, 2016-01-01T00:00:00.005Z, 0",
    })
    void an_export_may_be_of_a_time(String option, String time, int reports) {
        assertThat(Ran.command("export", "files:" + ORIGINAL, option, time)
                        .out()
                        .lines())
                .hasSize(reports);
        assertThat(Ran.command("export", "files:" + ORIGINAL, option, time, "--format", "csv")
                        .out()
                        .lines())
                .hasSize(reports + 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "verify | 2 | verify needs one sink: NAME:LOCATION, such as jsonl:reports",
                "verify a:b c:d | 2 | verify needs one sink: NAME:LOCATION",
                "verify reports | 2 | the command takes NAME:LOCATION, such as jsonl:reports, not \"reports\"",
                "verify nothing:x | 2 | there is no sink \"nothing\"",
                "verify jsonl:no/such | 1 | there is no directory",
                "verify files:no/such | 1 | there is no directory",
                "verify jsonl:x --listen a:1 | 2 | unknown option --listen, the nearest is --",
                "verify files:x --sink-option a=b | 2 | the sink has no option a",
                "export files:x --format xml | 2 | --format takes jsonl, csv, not \"xml\"",
                "export files:x --since yesterday | 2 | --since takes a day as 2026-03-01 or a time",
                "import jsonl:x | 2 | import needs a sink and from where",
                "import jsonl:x no/such | 1 | there is no file, directory or sink no/such",
                "import jsonl:x nothing:y | 2 | there is no sink \"nothing\"",
                "import jsonl:x src/test/resources/original-reports | 1 | src/test/resources/original-reports is the"
                        + " folder of a collector: give files:src/test/resources/original-reports",
            })
    void what_cannot_work_is_told_in_one_line(String line, int status, String reason) {
        Ran ran = Ran.command((Object[])
                line.replace("jsonl:x", "jsonl:" + directory.resolve("x")).split(" "));

        assertThat(ran.status()).isEqualTo(status);
        assertThat(ran.err().lines()).singleElement().asString().startsWith("usagestats-server: " + reason);
        assertThat(ran.out()).isEmpty();
    }

    private static Collector collector(String name, Path sink) throws IOException {
        return Collector.builder()
                .sink(name, new SinkConfig(sink.toString(), Durability.ALWAYS, "collector", Map.of()))
                .start();
    }

    private static int count(String name, Path sink) throws IOException {
        try (Collector collector = collector(name, sink)) {
            String answer =
                    Reply.to(collector.address(), Requests.get("/v1/count")).body();
            return Integer.parseInt(answer.replaceAll("(?s).*\"record_count\": ([0-9]+).*", "$1"));
        }
    }

    private static String summary(int added, int there, int damaged) {
        return line("imported " + added + " reports; " + there + " were there already, " + damaged
                + " were damaged and passed over");
    }

    private static String line(String text) {
        return text + System.lineSeparator();
    }

    private String withoutId(String report) {
        return report.replaceFirst("\"report_id\":\"[0-9a-f-]{36}\",", "");
    }

    private static void copy(Path file, Path to) throws IOException {
        Files.copy(file, to.resolve(file.getFileName().toString()));
    }

    private static String checksum(byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    private Map<String, String> content() throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                content.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return content;
    }
}
