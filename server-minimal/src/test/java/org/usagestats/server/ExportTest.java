package org.usagestats.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.sink.Durability;
import org.usagestats.sink.SinkConfig;

/** The ways to have reports and answers out of real sinks: {@code /v1/export} and the command {@code query}. */
class ExportTest {

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private int second;

    @BeforeEach
    void reset() {
        second = 10;
    }

    @ParameterizedTest
    @ValueSource(strings = {"files", "jsonl"})
    void reports_are_handed_out_by_filter_and_period(String sink) throws IOException {
        try (Collector collector = start(sink)) {
            send(collector, "version:1.9\nos:=cmd\n");
            send(collector, "version:1.10\n");

            assertThat(get(collector, "/v1/export").body().lines()).hasSize(2);
            assertThat(get(collector, "/v1/export?f.version=vgt.1.9").body().lines())
                    .singleElement()
                    .asString()
                    .contains("\"version\":\"1.10\"");
            assertThat(get(collector, "/v1/export?period=1d").body().lines()).hasSize(2);
            assertThat(get(collector, "/v1/export?to=2026-01-01").body()).isEmpty();
            assertThat(get(collector, "/v1/export?clock=reported&to=1970-01-02")
                            .body()
                            .lines())
                    .hasSize(2);

            Reply table = get(collector, "/v1/export?format=csv&f.version=eq.1.9");
            assertThat(table.header("Content-Type")).contains("text/csv; charset=utf-8; header=present");
            assertThat(table.body().lines()).hasSize(2).element(0).asString().contains("\"version\",\"os\"");
            assertThat(table.body()).contains("\"'=cmd\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"files", "jsonl"})
    void an_export_that_was_cut_goes_on_where_it_was(String sink) throws Exception {
        try (Collector collector = start(sink)) {
            for (int i = 0; i < 60; i++) {
                send(collector, "user:u" + i % 2 + "\nnumber:" + i + "\nlong:" + "x".repeat(3000) + "\n");
            }
            String target = "/v1/export?f.user=eq.u1";
            String whole = get(collector, target).body();
            assertThat(whole.lines()).hasSize(30);

            String cut = beginning(collector, target, 40_000);
            String kept = cut.substring(0, cut.lastIndexOf('\n') + 1);
            assertThat(kept).isNotEmpty().isNotEqualTo(whole);
            Reply rest = get(collector, target + "&after=" + sha256(kept.lines().toList()));
            assertThat(rest.status()).isEqualTo(200);
            assertThat(kept + rest.body()).isEqualTo(whole);

            Reply nothing =
                    get(collector, target + "&after=" + sha256(whole.lines().toList()));
            assertThat(nothing.status()).isEqualTo(200);
            assertThat(nothing.body()).isEmpty();
            send(collector, "user:u1\nnumber:60\n");
            assertThat(get(collector, target + "&after=" + sha256(whole.lines().toList()))
                            .body())
                    .hasLineCount(1)
                    .contains("\"number\":\"60\"");
        }
    }

    @Test
    void an_export_that_cannot_go_on_says_so() throws IOException {
        try (Collector collector = start("jsonl")) {
            send(collector, "user:u1\n");
            Reply gone = get(collector, "/v1/export?after=" + "0".repeat(64));
            assertThat(gone.status()).isEqualTo(410);
            assertThat(gone.header("Content-Type")).contains("application/problem+json");
            assertThat(gone.body()).contains("begin again, without after");
            assertThat(get(collector, "/v1/export?after=7").body()).contains("64 hexadecimal digits");
            assertThat(get(collector, "/v1/export?format=csv&after=" + "0".repeat(64))
                            .body())
                    .contains("after is not for tables");
        }
    }

    /** The first bytes of an answer, of which the rest is never taken. */
    private static String beginning(Collector collector, String target, int bytes) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + collector.address().getPort() + target)
                        .toURL()
                        .openConnection();
        try {
            return new String(connection.getInputStream().readNBytes(bytes), StandardCharsets.UTF_8);
        } finally {
            connection.disconnect();
        }
    }

    private static String sha256(List<String> lines) throws Exception {
        byte[] last = lines.get(lines.size() - 1).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(last));
    }

    @Test
    void an_export_that_is_not_understood_is_refused() throws IOException {
        try (Collector collector = start("jsonl")) {
            assertThat(get(collector, "/v1/export?format=json").body()).contains("is none of ndjson, csv");
            assertThat(get(collector, "/v1/export?group_by=os").status()).isEqualTo(400);
            assertThat(Reply.to(collector.address(), Requests.get("/v1/export", "Accept: text/html"))
                            .status())
                    .isEqualTo(406);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"files", "jsonl"})
    void the_command_answers_beside_a_collector_that_runs(String sink) throws IOException {
        try (Collector collector = start(sink)) {
            send(collector, "version:1.9\nuser:a\n");
            send(collector, "version:1.10\nuser:a\n");
            send(collector, "version:1.10\nuser:b\n");

            assertThat(query(sink, "group_by=version&metrics=count,distinct(user)", "--format", "table"))
                    .isZero();
            assertThat(out).hasToString("""
                    version  count  distinct(user)
                    1.10         2               2
                    1.9          1               1
                    """);
            assertThat(err).hasToString("3 of 3 reports\n");
            out.reset();

            assertThat(query(
                            sink,
                            "{\"group_by\":\"version\",\"filter\":{\"field\":\"user\",\"op\":\"eq\",\"value\":\"b\"}}"))
                    .isZero();
            assertThat(out).hasToString("\"version\",\"count\"\r\n\"1.10\",1\r\n");
        }
    }

    @Test
    void the_command_says_what_is_wrong() {
        assertThat(query("jsonl", "group_by=time:dy&verson=1")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .contains("verson: it is no parameter", "group_by: \"dy\" is none of", "did you mean day?");
        err.reset();

        assertThat(query("jsonl", "")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
        err.reset();

        assertThat(run(List.of("query"))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("query needs a sink and a question");
    }

    private int query(String sink, String question, String... options) {
        List<String> words = new ArrayList<>(List.of("query", sink + ":" + directory.resolve(sink), question));
        words.addAll(List.of(options));
        return run(words);
    }

    private int run(List<String> words) {
        return new Main(print(out), print(err), Map.of()).run(words);
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    private Collector start(String sink) throws IOException {
        return Collector.builder()
                .sink(sink, new SinkConfig(directory.resolve(sink).toString(), Durability.OS, "collector", Map.of()))
                .start();
    }

    private void send(Collector collector, String fields) throws IOException {
        String report = "date:" + second++ + ".5\n" + fields;
        assertThat(Reply.to(collector.address(), Requests.pythonRequests(report))
                        .body())
                .isEqualTo("stored");
    }

    private static Reply get(Collector collector, String target) throws IOException {
        return Reply.to(collector.address(), Requests.get(target));
    }
}
