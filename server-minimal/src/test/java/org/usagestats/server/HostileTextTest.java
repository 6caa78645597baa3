package org.usagestats.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.server.http.Json;
import org.usagestats.sink.Durability;
import org.usagestats.sink.SinkConfig;

/** Texts that a spreadsheet, a page, a terminal or a database could take for more than text go through as text. */
class HostileTextTest {

    private static final int LONGEST_JSON_NAME = 256;
    private static final Pattern CELL = Pattern.compile("\"((?:[^\"]++|\"\")*+)\"|([^,\"\r\n]*+)");
    private static final Pattern FORMULA = Pattern.compile("[=+@\t\r\u0000-].*", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9].*");

    @TempDir
    private Path directory;

    private Collector collector;

    @AfterEach
    void stop() throws IOException {
        collector.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"files", "jsonl"})
    void aValueComesBackAsItWasSentAndIsNoFormula(String sink) throws IOException {
        start(sink);
        List<Corpus.Case> corpus = Corpus.of("hostile");
        for (Corpus.Case hostile : corpus) {
            assertThat(importJson("{\"v\":" + quoted(hostile.text()) + "}")).isEqualTo("{\"success\": true}");
        }
        Map<String, Object> answer = JsonValues.object(get("/v1/query?group_by=v&limit=1000"));
        assertThat((List<?>) answer.get("rows"))
                .hasSameSizeAs(corpus)
                .extracting(row -> (String) ((List<?>) row).get(0))
                .containsExactlyInAnyOrderElementsOf(
                        corpus.stream().map(Corpus.Case::text).toList());
        requireNoFormula(get("/v1/query?group_by=v&limit=1000&format=csv"));
        requireNoFormula(get("/v1/export?format=csv"));
        assertThat(get("/v1/export?format=ndjson").lines()).hasSameSizeAs(corpus);
    }

    @ParameterizedTest
    @ValueSource(strings = {"files", "jsonl"})
    void aKeyIsListedAsItWasSentAndIsNoFormula(String sink) throws IOException {
        start(sink);
        List<String> keys = Corpus.of("hostile").stream()
                .map(Corpus.Case::text)
                .filter(text -> text.length() <= LONGEST_JSON_NAME)
                .toList();
        for (String key : keys) {
            assertThat(importJson("{" + quoted(key) + ":1}")).isEqualTo("{\"success\": true}");
        }
        assertThat(names(get("/v1/fields"))).containsAll(keys);
        requireNoFormula(get("/v1/export?format=csv"));
        assertThat(get("/v1/query")).contains("\"record_count\":" + keys.size()).contains("\"warnings\":[]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"files", "jsonl"})
    void aTextReportMayHoldItAnywhere(String sink) throws IOException {
        start(sink);
        List<Corpus.Case> corpus = Corpus.of("hostile");
        for (Corpus.Case hostile : corpus) {
            String report = "date:1408745999.123\nuser:" + hostile.name() + "\nt:" + hostile.text() + "\n"
                    + hostile.text() + ":as a key\n" + hostile.text() + "\n";
            assertThat(Reply.to(collector.address(), Requests.pythonRequests(report))
                            .body())
                    .as(hostile.name())
                    .isEqualTo("stored");
        }
        String counted = get("/v1/query?group_by=user&limit=1000");
        assertThat((List<?>) JsonValues.object(counted).get("rows")).hasSameSizeAs(corpus);
        assertThat(counted).contains("\"record_count\":" + corpus.size()).contains("\"warnings\":[]");
        assertThat(get("/v1/export?format=ndjson").lines()).hasSameSizeAs(corpus);
        requireNoFormula(get("/v1/export?format=csv"));
        assertThat(names(get("/v1/fields"))).contains("user", "<script>alert(1)</script>");
    }

    private void start(String sink) throws IOException {
        collector = Collector.builder()
                .sink(sink, new SinkConfig(directory.toString(), Durability.OS, "collector", Map.of()))
                .start();
    }

    private String importJson(String message) throws IOException {
        return Reply.to(collector.address(), Requests.espymetrics(message)).body();
    }

    private String get(String target) throws IOException {
        Reply reply = Reply.to(collector.address(), Requests.get(target));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.body();
    }

    private static String quoted(String text) {
        return Json.line(Map.of("", text)).replaceFirst("^\\{\"\":", "").replaceFirst("}$", "");
    }

    private static List<String> names(String fields) {
        return ((List<?>) JsonValues.object(fields).get("fields"))
                .stream()
                        .map(field -> (String) JsonValues.object(field).get("name"))
                        .collect(Collectors.toList());
    }

    /** A spreadsheet would compute it, whether it stands in quotation marks or not; a number is none. */
    private static void requireNoFormula(String csv) {
        Matcher cells = CELL.matcher(csv);
        int count = 0;
        while (cells.find()) {
            String cell =
                    cells.group(1) == null ? cells.group(2) : cells.group(1).replace("\"\"", "\"");
            assertThat(FORMULA.matcher(cell).matches() && !NUMBER.matcher(cell).matches())
                    .as(cell)
                    .isFalse();
            count++;
        }
        assertThat(count).isGreaterThan(10);
        assertThat(csv.getBytes(StandardCharsets.UTF_8)).isNotEmpty();
    }
}
