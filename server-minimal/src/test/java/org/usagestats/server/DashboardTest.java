package org.usagestats.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.server.access.Access;
import org.usagestats.server.access.Scope;
import org.usagestats.sink.Durability;
import org.usagestats.sink.SinkConfig;

/** The dashboard's page, pictures and further charts, as the collector hands them out. */
class DashboardTest {

    private static final String LOCAL = "Host: localhost";

    @TempDir
    private Path folder;

    private Collector collector;

    @BeforeEach
    void start() throws IOException {
        collector = Collector.builder()
                .sink(
                        "jsonl",
                        new SinkConfig(folder.resolve("reports").toString(), Durability.OS, "collector", Map.of()))
                .start();
    }

    @AfterEach
    void stop() throws IOException {
        collector.close();
    }

    private Reply get(String path, String... headers) throws IOException {
        return ask(collector, "GET", path, headers);
    }

    private static Reply ask(Collector collector, String method, String path, String... headers) throws IOException {
        return Reply.to(collector.address(), request(method, path, headers));
    }

    private static String request(String method, String path, String... headers) {
        return method + " " + path + " HTTP/1.1\r\n" + LOCAL + "\r\n" + String.join("\r\n", headers)
                + (headers.length == 0 ? "" : "\r\n") + "\r\n";
    }

    private void post(String version) throws IOException {
        String report =
                "date:" + Instant.now().getEpochSecond() + ".000\nuser:" + version + "-user\nversion:" + version + "\n";
        assertThat(Reply.to(collector.address(), request("POST", "/", "Content-Length: " + report.length()) + report)
                        .body())
                .isEqualTo("stored");
    }

    @Test
    void the_page_is_at_the_root_with_its_policy() throws IOException {
        Reply page = get("/?period=7d");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.header("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "require-trusted-types-for 'script'");
        assertThat(page.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.header("Referrer-Policy")).contains("no-referrer");
        assertThat(page.header("Cross-Origin-Opener-Policy")).contains("same-origin");
        assertThat(page.header("Cross-Origin-Resource-Policy")).contains("same-origin");
        assertThat(page.body()).startsWith("<!doctype html>");
    }

    @ParameterizedTest
    @CsvSource({
        "page.js,text/javascript; charset=utf-8",
        "page.css,text/css; charset=utf-8",
        "uPlot.js,text/javascript; charset=utf-8",
        "icon.svg,image/svg+xml"
    })
    void its_files_are_beside_it(String name, String mediaType) throws IOException {
        Reply file = get("/ui/" + name);
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.header("Content-Type")).contains(mediaType);
        assertThat(get("/ui/" + name, "If-None-Match: " + file.header("ETag").orElseThrow())
                        .status())
                .isEqualTo(304);
        assertThat(get("/ui/" + name, "If-None-Match: \"other\"").body()).isEqualTo(file.body());
    }

    @Test
    void files_travel_compressed_to_those_who_take_it() throws IOException {
        try (Socket socket = Reply.connected(collector.address())) {
            socket.getOutputStream()
                    .write(request("GET", "/ui/page.js", "Accept-Encoding: gzip", "Connection: close")
                            .getBytes(StandardCharsets.ISO_8859_1));
            byte[] all = socket.getInputStream().readAllBytes();
            int body = new String(all, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
            assertThat(new String(all, 0, body, StandardCharsets.ISO_8859_1))
                    .containsIgnoringCase("content-encoding: gzip");
            byte[] inflated =
                    new GZIPInputStream(new ByteArrayInputStream(all, body, all.length - body)).readAllBytes();
            assertThat(new String(inflated, StandardCharsets.UTF_8))
                    .isEqualTo(get("/ui/page.js").body());
        }
    }

    @Test
    void a_report_is_still_taken_at_the_root() throws IOException {
        post("1.0");
        assertThat(get("/v1/count").body()).contains("\"record_count\": 1");
    }

    @Test
    void other_addresses_are_answered_as_before() throws IOException {
        assertThat(get("/ui/../secret").status()).isEqualTo(403);
        assertThat(get("/ui/page.mjs").status()).isEqualTo(403);
        assertThat(ask(collector, "PUT", "/").status()).isEqualTo(403);
    }

    @Test
    void without_queries_there_is_no_page() throws IOException {
        try (Collector mute = Collector.builder()
                .sink(new ListSink())
                .access(Access.builder().noQueries().build())
                .start()) {
            assertThat(ask(mute, "GET", "/").status()).isEqualTo(403);
            assertThat(ask(mute, "GET", "/ui/charts.json").status()).isEqualTo(403);
            assertThat(ask(mute, "GET", "/v1/chart.svg").status()).isEqualTo(404);
        }
    }

    @Test
    void the_page_is_for_everyone_and_what_it_shows_is_not() throws IOException {
        try (Collector proxied = Collector.builder()
                .sink(new ListSink())
                .access(Access.builder()
                        .behindProxy()
                        .token("a-token-of-twenty-letters", Scope.QUERY)
                        .build())
                .start()) {
            assertThat(ask(proxied, "GET", "/").status()).isEqualTo(200);
            for (String path : new String[] {"/ui/charts.json", "/v1/chart.svg", "/v1/badge.svg", "/v1/query"}) {
                assertThat(ask(proxied, "GET", path).status()).as(path).isEqualTo(401);
            }
            assertThat(ask(proxied, "GET", "/ui/charts.json", "Authorization: Bearer a-token-of-twenty-letters")
                            .body())
                    .isEqualTo("[]");
        }
    }

    @Test
    void a_chart_is_a_picture_of_an_answer() throws IOException {
        post("1.0");
        post("2.0");
        Reply chart = get("/v1/chart.svg?group_by=version&metrics=count&mark=bars&title=Versions%20%3Cb%3E&theme=dark");
        assertThat(chart.status()).isEqualTo(200);
        assertThat(chart.header("Content-Type")).contains("image/svg+xml");
        assertThat(chart.header("Content-Security-Policy").orElseThrow()).startsWith("default-src 'none'");
        assertThat(chart.body()).contains("<title>Versions &lt;b&gt;</title>", ">1.0<", ">2.0<", "color=\"#e5e9f1\"");
        assertThat(get("/v1/chart.svg?group_by=version").body()).contains("<title>count by version</title>");
    }

    @Test
    void a_badge_is_a_small_picture() throws IOException {
        post("1.0");
        post("2.0");
        assertThat(get("/v1/badge.svg?metrics=distinct(user)&label=users").body())
                .contains("<title>users: 2</title>");
        assertThat(get("/v1/badge.svg?group_by=semver(version,2)&order=-semver(version,2)&label=newest")
                        .body())
                .contains("<title>newest: 2.0</title>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/chart.svg?mark=pie",
                "/v1/chart.svg?mark=bars&mark=line",
                "/v1/chart.svg?theme=blue",
                "/v1/chart.svg?label=x",
                "/v1/chart.svg?format=xlsx",
                "/v1/badge.svg?mark=line",
                "/v1/badge.svg?metrics=summ(x)"
            })
    void what_is_wrong_with_a_picture_is_said(String address) throws IOException {
        Reply reply = get(address);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.header("Content-Type")).contains("application/problem+json");
        assertThat(reply.body()).contains("\"detail\"");
    }

    @Test
    void the_operators_charts_are_handed_to_the_page() throws IOException {
        Path file = charts("[{\"title\":\"Features\",\"query\":\"group_by=feature\",\"mark\":\"bars\"}]");
        try (Collector charting =
                Collector.builder().sink(new ListSink()).charts(file).start()) {
            assertThat(ask(charting, "GET", "/ui/charts.json").body())
                    .isEqualTo("[{\"title\":\"Features\",\"query\":\"group_by=feature\",\"mark\":\"bars\"}]\n");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|it is a JSON array",
                "[|it is a JSON array",
                "[1]|chart 1 is no object",
                "[{\"title\":\"t\",\"query\":\"\",\"mark\":\"pie\"}]|is one of line, area, bars, histogram, not \"pie\"",
                "[{\"title\":\"t\",\"query\":\"\"}]|chart 1 has no mark",
                "[{\"title\":\"t\",\"query\":\"group_bi=x\",\"mark\":\"bars\"}]|the query of chart 1 is wrong",
                "[{\"title\":1}]|not \"title\"",
                "[{\"titel\":\"t\"}]|not \"titel\"",
            })
    void a_wrong_file_of_charts_is_refused_in_one_line(String text, String why) throws IOException {
        Path file = charts(text);
        assertThatThrownBy(() -> Collector.builder().charts(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(why)
                .message()
                .doesNotContain("\n");
    }

    private Path charts(String text) throws IOException {
        return Files.writeString(folder.resolve("charts.json"), text);
    }
}
