package org.usagestats.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.server.access.Access;

/** By which names a collector is called, and from which web pages. */
class HostAndOriginTest {

    private final ListSink sink = new ListSink();

    @Test
    void a_collector_with_names_answers_to_them_and_to_this_machines_own() throws IOException {
        try (Collector collector = start(sink, Access.builder().host("Stats.Example.org"))) {
            for (String host : List.of("stats.example.org", "STATS.example.org:8443", "localhost:1", "[::1]")) {
                assertThat(postTo(collector, "Host: " + host).status()).isEqualTo(200);
            }
            for (String host : List.of(
                    "Host: example.org",
                    "Host: stats.example.org.evil.example",
                    "Host: stats.example.org@evil.example",
                    "Host: ",
                    "Accept: */*",
                    "Host: evil.example\r\nHost: stats.example.org")) {
                assertThat(postTo(collector, host).status()).as(host).isIn(400, 421);
            }
            assertThat(Reply.to(collector.address(), "GET /health/live HTTP/1.1\r\nHost: 10.0.0.1\r\n\r\n")
                            .status())
                    .isEqualTo(200);
        }
    }

    /** Not every HTTP server shows a header without a value. */
    @Test
    @Tag("empty-headers")
    void an_empty_origin_is_none_that_could_be_listed() throws IOException {
        try (Collector collector = start(sink, Access.builder().allowOrigin("https://app.example.org"))) {
            for (String path : List.of("/", "/v1/on_import", "/v1/reports", "/v1/erasures")) {
                assertThat(post(collector, path, "Origin: ").status()).as(path).isEqualTo(403);
            }
        }
    }

    @Test
    void a_web_page_posts_only_if_its_origin_is_listed() throws IOException {
        try (Collector collector = start(sink, Access.builder().allowOrigin("https://app.example.org"))) {
            for (String path : List.of("/", "/v1/on_import", "/v1/reports", "/v1/erasures")) {
                for (String origin : List.of(
                        "Origin: https://evil.example",
                        "Origin: null",
                        "Origin: http://app.example.org",
                        "Origin: https://app.example.org:8443",
                        "Origin: https://app.example.org\r\nOrigin: https://evil.example")) {
                    Reply reply = post(collector, path, origin);
                    assertThat(reply.status()).as(path + " " + origin).isEqualTo(403);
                    assertThat(reply.header("Access-Control-Allow-Origin")).isEmpty();
                }
            }
            Reply reply = post(collector, "/", "Origin: https://app.example.org");
            assertThat(reply.body()).isEqualTo("stored");
            assertThat(reply.header("Access-Control-Allow-Origin")).contains("https://app.example.org");
            assertThat(reply.header("Vary")).contains("Origin");
            assertThat(reply.header("Access-Control-Allow-Credentials")).isEmpty();
        }
        assertThat(sink.reports()).hasSize(1);
    }

    @Test
    void a_browser_that_asks_first_is_answered_for_a_listed_origin_only() throws IOException {
        try (Collector collector = start(sink, Access.builder().allowOrigin("https://app.example.org"))) {
            Reply listed = preflight(collector, "https://app.example.org");
            assertThat(listed.status()).isEqualTo(200);
            assertThat(listed.header("Access-Control-Allow-Headers"))
                    .hasValueSatisfying(
                            headers -> assertThat(headers).contains("Authorization", "Usagestats-Report-Id"));
            assertThat(listed.header("Access-Control-Allow-Methods")).contains("GET, HEAD, POST");

            Reply unlisted = preflight(collector, "https://evil.example");
            assertThat(unlisted.status()).isEqualTo(405);
            assertThat(unlisted.headers()).doesNotContainKey("Access-Control-Allow-Origin");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a host", "http://a", "a:80", "*", "", "[::1"})
    void a_host_is_a_name_or_an_address(String host) {
        assertThatThrownBy(() -> Access.builder().host(host))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a host is a name or an address without a port, such as stats.example.org, not \"" + host
                        + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "null", "app.example.org", "https://app.example.org/", "https://App.example.org"})
    void an_origin_is_written_as_browsers_do(String origin) {
        assertThatThrownBy(() -> Access.builder().allowOrigin(origin))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "an origin is written as browsers do, such as https://app.example.org, not \"" + origin + "\"");
    }

    private static Reply postTo(Collector collector, String host) throws IOException {
        return Reply.to(
                collector.address(), "POST / HTTP/1.1\r\n" + host + "\r\nContent-Length: 10\r\n\r\ndate:12.5\n");
    }

    private static Reply preflight(Collector collector, String origin) throws IOException {
        return Reply.to(
                collector.address(),
                "OPTIONS /v1/reports HTTP/1.1\r\nHost: localhost\r\nOrigin: " + origin
                        + "\r\nAccess-Control-Request-Method: POST\r\n\r\n");
    }

    private static Collector start(ListSink sink, Access.Builder access) throws IOException {
        return Collector.builder().sink(sink).access(access.build()).start();
    }

    private static Reply post(Collector collector, String target, String... headers) throws IOException {
        return Reply.to(
                collector.address(),
                Requests.post("POST " + target + " HTTP/1.1", "date:12.5\n".getBytes(StandardCharsets.UTF_8), headers));
    }
}
