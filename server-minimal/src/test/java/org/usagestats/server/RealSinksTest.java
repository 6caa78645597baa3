package org.usagestats.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.server.senders.AddressKeeping;
import org.usagestats.sink.Durability;
import org.usagestats.sink.SinkConfig;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The collector with the sinks of its distribution: the sequences that the original systems promise. */
class RealSinksTest {

    @TempDir
    private Path directory;

    private Collector collector;

    @AfterEach
    void stop() throws IOException {
        collector.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"files", "jsonl"})
    void messages_of_espymetrics_are_counted_with_right_arithmetic(String sink) throws IOException {
        start(sink);
        for (int i = 0; i < 10; i++) {
            String user = i < 7 ? "Zoë" : "müller";
            String version = i % 2 == 0 ? "[2, 7, 18, \"final\", 0]" : "[3, 11, 2, \"final\", 0]";
            assertThat(importJson("{\"username\": \"" + user + "\", \"python\": {\"version_info\": " + version + "}}"))
                    .isEqualTo("{\"success\": true}");
        }
        importJson("{\"username\": \"nobody\"}");

        assertThat(count("group_by=username")).isEqualTo("{Zoë: 7, müller: 3, nobody: 1} errors 0 of 11");
        assertThat(count("group_by=python.version_info.0")).isEqualTo("{2: 5, 3: 5} errors 1 of 11");
        assertThat(count("group_by=python$version_info$0")).isEqualTo("{2: 5, 3: 5} errors 1 of 11");
        assertThat(count("group_by=python$version_info$0&limit=4")).isEqualTo("{2: 1, 3: 2} errors 1 of 4");
        assertThat(count("group_by=username&limit=1")).isEqualTo("{nobody: 1} errors 0 of 1");
        assertThat(count("group_by=nothing")).isEqualTo("{} errors 11 of 11");
        assertThat(count("limit=3")).isEqualTo("{} errors 0 of 3");
        assertThat(count("")).isEqualTo("{} errors 0 of 11");
    }

    @ParameterizedTest
    @ValueSource(strings = {"files", "jsonl"})
    void flat_keys_of_our_client_are_counted_and_programs_told_apart(String sink) throws IOException {
        start(sink);
        int second = 10;
        for (String program : List.of("one", "one", "two")) {
            post("date:" + second++ + ".5\nprogram:" + program + "\nuname.release:6.1\narchitecture:x86_64\n");
        }

        assertThat(count("group_by=uname.release")).isEqualTo("{6.1: 3} errors 0 of 3");
        assertThat(count("group_by=architecture")).isEqualTo("{x86_64: 3} errors 0 of 3");
        assertThat(count("group_by=program")).isEqualTo("{one: 2, two: 1} errors 0 of 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"files", "jsonl"})
    void a_batch_is_kept_once_however_often_it_is_sent(String sink) throws IOException {
        start(sink);
        String id = "{\"id\":\"0190163d-8694-739b-aea5-966c26f8ad91\",\"report\":";
        String batch = id + "{\"program\":\"a\"}}\n" + id + "{\"program\":\"a\"}}\n" + id + "{\"program\":\"b\"}}\n";

        assertThat(results(batch)).containsExactly("stored", "duplicate", "conflict");
        assertThat(results(batch)).containsExactly("duplicate", "duplicate", "conflict");
        assertThat(count("group_by=program")).isEqualTo("{a: 1} errors 0 of 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"files", "jsonl"})
    void the_download_is_a_json_object_a_line_whatever_was_sent(String sink) throws IOException {
        start(sink);
        byte[] notUtf8 = "date:12.5\nname:caf\u00e9 \"\\\u0001\n".getBytes(StandardCharsets.ISO_8859_1);
        Reply.to(collector.address(), Requests.pythonRequests("/", notUtf8));
        post("date:12.5\ndate:13.5\nno colon\nserver_time:mine\nbig:" + "x".repeat(200 * 1024) + "\n");
        importJson("{\"username\":\"Zoë \\ud800\",\"server_time\":\"mine\"}");

        List<String> lines = Reply.to(collector.address(), Requests.get("/v1/download/import"))
                .body()
                .lines()
                .toList();
        assertThat(lines).hasSize(3).allSatisfy(line -> {
            assertThat(line).startsWith("{\"server_time\":\"20");
            assertIsOneObject(line);
        });
        assertThat(lines.get(1))
                .contains("\"date\":[\"12.5\",\"13.5\"]", "\"no colon\":\"\"", "\"client.server_time\":\"mine\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"files", "jsonl"})
    void bad_input_changes_nothing_that_is_stored(String sink) throws IOException {
        start(sink);
        post("date:12.5\nprogram:good\n");
        Map<String, byte[]> before = stored();

        post("date:today\n");
        post("no date\n");
        post("x".repeat(524_289));
        importJson("not json");
        importJson("[1]");
        importJson("");
        importJson("{\"a\":\"" + "x".repeat(200 * 1024) + "\"}");

        assertThat(stored()).usingRecursiveComparison().isEqualTo(before);
        assertThat(count("group_by=program")).isEqualTo("{good: 1} errors 0 of 1");
        assertThat(post("date:12.5\nprogram:again\n")).isEqualTo("stored");
    }

    @Test
    void an_answer_that_a_browser_has_is_sent_again_once_a_report_has_come() throws IOException {
        start("jsonl");
        post("date:12.5\nprogram:good\n");
        List<String> targets = List.of(
                "/v1/query?group_by=program&period=7d",
                "/v1/count?group_by=program",
                "/v1/values?path=program",
                "/v1/fields",
                "/v1/chart.svg?group_by=program&title=One",
                "/v1/badge.svg?metrics=count&label=reports");
        Map<String, Reply> first = new TreeMap<>();
        for (String target : targets) {
            first.put(target, get(target, ""));
            assertThat(first.get(target).status()).as(target).isEqualTo(200);
        }

        for (String target : targets) {
            String tag = first.get(target).header("ETag").orElseThrow();
            Reply same = get(target, "If-None-Match: " + tag + "\r\n");
            assertThat(same.status()).as(target).isEqualTo(304);
            assertThat(same.body()).isEmpty();
        }
        String otherTitle = first.get(targets.get(4)).header("ETag").orElseThrow();
        assertThat(get("/v1/chart.svg?group_by=program&title=Two", "If-None-Match: " + otherTitle + "\r\n")
                        .status())
                .isEqualTo(200);

        assertThat(post("date:13.5\nprogram:good\n")).isEqualTo("stored");
        for (String target : targets) {
            String tag = first.get(target).header("ETag").orElseThrow();
            Reply next = get(target, "If-None-Match: " + tag + "\r\n");
            assertThat(next.status()).as(target).isEqualTo(200);
            assertThat(next.header("ETag").orElseThrow()).isNotEqualTo(tag);
        }
        assertThat(get(targets.get(0), "").body()).contains("[\"good\",2]");
        assertThat(get(targets.get(5), "").body()).contains(">2<");
    }

    private Reply get(String target, String headers) throws IOException {
        return Reply.to(
                collector.address(),
                "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "Connection: close\r\n\r\n");
    }

    /** {@code tests/test_reporting.py} of usagestats, seen from the collector. */
    @Test
    void files_are_what_the_original_collector_leaves() throws IOException {
        start("files");
        assertThat(stored()).isEmpty();

        post(report("1408745999.123", "first"));
        post(report("1408746000.5", "second"));
        assertThat(contents()).hasSize(2);
        post(report("1408746001.001", "third"));

        assertThat(stored().keySet())
                .hasSize(3)
                .allMatch(name -> name.matches("report_[0-9]{10,}\\.[0-9]{3}(-[0-9]+)?\\.txt"));
        assertThat(contents())
                .satisfiesExactly(
                        first -> assertThat(first).matches(pattern("1408745999.123", "first")),
                        second -> assertThat(second).matches(pattern("1408746000.5", "second")),
                        third -> assertThat(third).matches(pattern("1408746001.001", "third")));
    }

    private static String report(String date, String what) {
        return "date:" + date + "\nuser:6d2f4a4e-7f43-4b0e-b9a5-5a4b3a0c2d1e\nversion:0.1\nwhat:" + what + "\n";
    }

    private static String pattern(String date, String what) {
        return "submitted_from:127\\.0\\.0\\.1\nsubmitted_date:[0-9]{10,}\\.[0-9]{3}\n" + report(date, what);
    }

    private List<String> results(String batch) throws IOException {
        byte[] body = batch.getBytes(StandardCharsets.UTF_8);
        Reply reply = Reply.to(collector.address(), Requests.post("POST /v1/reports HTTP/1.1", body));
        return Pattern.compile("\"result\":\"([a-z]+)\"")
                .matcher(reply.body())
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    private void start(String sink) throws IOException {
        collector = Collector.builder()
                .sink(sink, new SinkConfig(directory.toString(), Durability.OS, "collector", Map.of()))
                .keepAddresses(AddressKeeping.FULL)
                .start();
    }

    private String post(String report) throws IOException {
        return Reply.to(collector.address(), Requests.pythonRequests(report)).body();
    }

    private String importJson(String message) throws IOException {
        return Reply.to(collector.address(), Requests.espymetrics(message)).body();
    }

    /** The counts and what they are counts of, on one line. */
    private String count(String parameters) throws IOException {
        String answer = Reply.to(collector.address(), Requests.get("/v1/count?" + parameters))
                .body();
        String counts = answer.substring(answer.indexOf('{', 1), answer.indexOf('}') + 1)
                .replaceAll("\\s+", " ")
                .replaceAll("\\{ | }", "")
                .replace("\"", "");
        return (counts.startsWith("{") ? counts : "{" + counts + "}") + " errors " + number(answer, "error_count")
                + " of " + number(answer, "record_count");
    }

    private static String number(String answer, String name) {
        return answer.replaceAll("(?s).*\"" + name + "\": ([0-9]+).*", "$1");
    }

    private static void assertIsOneObject(String line) {
        try (JsonParser json = new JsonFactory().createParser(ObjectReadContext.empty(), line)) {
            assertThat(json.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            json.skipChildren();
            assertThat(json.nextToken()).isNull();
        }
    }

    private List<String> contents() throws IOException {
        return stored().values().stream()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .toList();
    }

    /** The files by name, in the order of their names, but for what a sink derives of them whenever it has time. */
    private Map<String, byte[]> stored() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        Path derived = directory.resolve("_usagestats");
        try (Stream<Path> all = Files.find(directory, 2, (file, kind) -> kind.isRegularFile())) {
            for (Path file : all.filter(found -> !found.startsWith(derived)).toList()) {
                files.put(directory.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }
}
