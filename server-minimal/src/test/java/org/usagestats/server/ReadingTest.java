package org.usagestats.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may read what the collector keeps, and what the download and the other addresses answer. */
class ReadingTest {

    private final ListSink sink = new ListSink();

    @RegisterExtension
    private final RunningCollector collector = new RunningCollector(sink);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:80",
                "127.0.0.1",
                "127.9.8.7:65535",
                "[::1]",
                "[::1]:1",
                "[0:0:0:0:0:0:0:1]:1"
            })
    void this_machine_may_read(String host) throws IOException {
        assertThat(download("Host: " + host).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: evil.example",
                "Host: 127.0.0.1.evil.example",
                "Host: localhost.evil.example:8080",
                "Host: 10.0.0.1",
                "Host: localhost\r\nForwarded: for=192.0.2.1",
                "Host: localhost\r\nX-Forwarded-For: 192.0.2.1",
                "Host: localhost\r\nx-forwarded-proto: https",
                "Host: localhost\r\nVia: 1.1 proxy",
            })
    void others_may_not_nor_anyone_through_a_proxy(String headers) throws IOException {
        for (String path : new String[] {"/v1/download/import", "/v1/count?group_by=a"}) {
            Reply reply = Reply.to(collector.address(), "GET " + path + " HTTP/1.1\r\n" + headers + "\r\n\r\n");
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.body().lines()).singleElement().asString().contains("reading is for this machine");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host: localhost:80@evil.example", "Host: ", "User-Agent: no host"})
    void nor_who_does_not_plainly_call_it_by_a_name(String headers) throws IOException {
        Reply.to(collector.address(), Requests.pythonRequests("date:12.5\nname:secret\n"));

        Reply reply = Reply.to(collector.address(), "GET /v1/download/import HTTP/1.1\r\n" + headers + "\r\n\r\n");
        assertThat(reply.status()).isIn(400, 403);
        assertThat(reply.body()).doesNotContain("secret");
    }

    @Test
    void a_report_may_come_through_a_proxy() throws IOException {
        assertThat(Reply.to(
                                collector.address(),
                                Requests.post("POST / HTTP/1.1", "date:12.5\n".getBytes(), "Via: 1.1 proxy"))
                        .body())
                .isEqualTo("stored");
    }

    @Test
    void the_download_is_every_report_as_a_line_of_json_and_never_a_page() throws IOException {
        Reply.to(collector.address(), Requests.pythonRequests("date:12.5\nname:<html>\n"));
        Reply.to(collector.address(), Requests.espymetrics("{\"name\":\"Zoë\"}"));

        Reply reply = download("Host: localhost");
        assertThat(reply.header("Content-Type")).contains("application/x-ndjson");
        assertThat(reply.header("Content-Disposition")).contains("attachment; filename=\"reports.jsonl\"");
        assertThat(reply.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(reply.body().lines())
                .hasSize(2)
                .allSatisfy(line ->
                        assertThat(line).startsWith("{\"server_time\":\"").endsWith("}"));
        assertThat(reply.body()).contains("\"name\":\"<html>\"").endsWith("\"name\":\"Zoë\"}\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 300_000})
    void a_download_that_fails_in_the_middle_does_not_look_whole(int size) throws IOException {
        Reply.to(collector.address(), Requests.pythonRequests("date:12.5\nbig:" + "x".repeat(size) + "\n"));
        sink.fail(new IOException("the disk is on fire"));

        try {
            // From a server that had not sent anything yet.
            assertThat(download("Host: localhost").status()).isEqualTo(500);
        } catch (EOFException brokenOff) {
            assertThat(brokenOff).hasMessageStartingWith("the answer ended after");
        }
    }

    @Test
    void a_head_request_for_the_download_has_no_body() throws IOException {
        Reply reply = Reply.to(
                collector.address(),
                "HEAD /v1/download/import HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/", "/v1/nothing", "/v1/count/", "/v1/on_import/x"})
    void an_unknown_address_is_told_the_known_ones(String path) throws IOException {
        Reply reply =
                Reply.to(collector.address(), Requests.post("POST " + path + " HTTP/1.1", "date:12.5\n".getBytes()));

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.header("Content-Type")).contains("application/problem+json");
        assertThat(reply.body()).contains("/v1/on_import, /v1/reports, /v1/erasures, /v1/query, /v1/count");
        assertThat(sink.reports()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/count", "/v1/download/import", "/health/live", "/health/ready", "/metrics"})
    void what_is_read_is_read_by_get_only(String path) throws IOException {
        Reply reply = Reply.to(collector.address(), Requests.post("POST " + path + " HTTP/1.1", new byte[1]));

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).contains("GET, HEAD");
    }

    @Test
    void an_endless_address_is_refused() throws IOException {
        assertThat(Reply.to(collector.address(), Requests.get("/v1/count?group_by=" + "x".repeat(8192)))
                        .status())
                .isEqualTo(414);
    }

    @Test
    void a_running_collector_is_live_and_ready() throws IOException {
        assertThat(Reply.to(collector.address(), Requests.get("/health/live")).body())
                .isEqualTo("live\n");
        assertThat(Reply.to(collector.address(), Requests.get("/health/ready")).body())
                .isEqualTo("ready\n");
    }

    @Test
    void a_host_that_is_not_known_is_named() {
        assertThatThrownBy(() -> Collector.builder()
                        .sink(sink)
                        .listen(InetSocketAddress.createUnresolved("nowhere.invalid", 0))
                        .start())
                .hasMessage("there is no host nowhere.invalid");
    }

    @Test
    void a_port_that_is_taken_is_named_and_the_sink_is_closed() {
        assertThatThrownBy(() -> Collector.builder()
                        .sink(sink)
                        .listen(collector.address())
                        .start())
                .isInstanceOf(IOException.class)
                .hasMessageMatching("cannot listen on (127\\.0\\.0\\.1|localhost):"
                        + collector.address().getPort() + ": .+");
        assertThat(sink.isClosed()).isTrue();
    }

    private Reply download(String headers) throws IOException {
        return Reply.to(collector.address(), "GET /v1/download/import HTTP/1.1\r\n" + headers + "\r\n\r\n");
    }
}
