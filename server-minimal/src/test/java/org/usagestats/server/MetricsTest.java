package org.usagestats.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.server.access.Access;
import org.usagestats.testkit.Await;

/** What Prometheus reads from a collector, by a parser that lets nothing pass. */
class MetricsTest {

    private static final String ID = "0190163d-8694-739b-aea5-966c26f8ad91";
    private static final String REPORT = "date:12.5\n";
    private static final Executor OWN_THREAD = work -> new Thread(work).start();

    private final ListSink sink = new ListSink();
    private Collector collector;

    @BeforeEach
    void start() throws IOException {
        collector = Collector.builder().sink(sink).start();
    }

    @AfterEach
    void stop() throws IOException {
        collector.close();
    }

    @Test
    void a_collector_that_did_nothing_has_every_metric_at_zero() throws IOException {
        Map<String, Double> samples = scrape();

        assertThat(samples.keySet())
                .contains(
                        "usagestats_reports_total{outcome=\"stored\"}",
                        "usagestats_reports_total{outcome=\"duplicate\"}",
                        "usagestats_reports_total{outcome=\"conflict\"}",
                        "usagestats_reports_rejected_total{reason=\"malformed\"}",
                        "usagestats_reports_rejected_total{reason=\"too_big\"}",
                        "usagestats_reports_rejected_total{reason=\"encoding\"}",
                        "usagestats_reports_rejected_total{reason=\"forbidden\"}",
                        "usagestats_sink_failures_total",
                        "usagestats_sink_append_seconds_sum",
                        "usagestats_sink_append_seconds_count",
                        "usagestats_erasures_total{outcome=\"granted\"}",
                        "usagestats_erasures_total{outcome=\"put_off\"}",
                        "usagestats_received_bytes_total",
                        "usagestats_requests_refused_total{status=\"411\"}",
                        "usagestats_requests_refused_total{status=\"421\"}",
                        "usagestats_requests_refused_total{status=\"429\"}",
                        "usagestats_requests_busy_total",
                        "usagestats_queries_total");
        assertThat(samples.remove("usagestats_ready")).isEqualTo(1);
        assertThat(samples.entrySet().stream().filter(sample -> sample.getValue() != 0))
                .singleElement()
                .satisfies(info -> assertThat(info.getKey())
                        .startsWith("usagestats_build_info{version=\"")
                        .endsWith("\",java=\"" + Runtime.version() + "\"}"));
    }

    @Test
    void reports_are_counted_by_what_became_of_them() throws IOException {
        post("/", REPORT);
        Reply.to(collector.address(), Requests.withId("/", ID, REPORT));
        Reply.to(collector.address(), Requests.withId("/", ID, REPORT));
        Reply.to(collector.address(), Requests.withId("/", ID, REPORT + "a:1\n"));
        post("/v1/on_import", "{}");
        post("/v1/reports", "{\"report\":{}}\n{\"report\":{}}\nnonsense\n");

        Map<String, Double> samples = scrape();
        assertThat(samples)
                .containsEntry("usagestats_reports_total{outcome=\"stored\"}", 5.0)
                .containsEntry("usagestats_reports_total{outcome=\"duplicate\"}", 1.0)
                .containsEntry("usagestats_reports_total{outcome=\"conflict\"}", 1.0)
                .containsEntry("usagestats_reports_rejected_total{reason=\"malformed\"}", 1.0)
                .containsEntry("usagestats_received_bytes_total", 4 * 10.0 + 4 + 2 + 37)
                .containsEntry("usagestats_sink_append_seconds_count", 6.0);
        assertThat(samples.get("usagestats_sink_append_seconds_sum")).isPositive();
    }

    @Test
    void rejections_are_counted_by_reason() throws IOException {
        post("/", "no date");
        post("/v1/on_import", "nonsense");
        post("/v1/reports", "");
        post("/", "x".repeat(600_000));
        post("/v1/on_import", "{}", "Content-Encoding: br");
        post("/v1/reports", "{}", "Origin: null");
        Reply.to(collector.address(), Requests.get("/v1/count?limit=nonsense"));
        Reply.to(collector.address(), Requests.get("/v1/nothing"));

        assertThat(scrape())
                .containsEntry("usagestats_reports_rejected_total{reason=\"malformed\"}", 3.0)
                .containsEntry("usagestats_reports_rejected_total{reason=\"too_big\"}", 1.0)
                .containsEntry("usagestats_reports_rejected_total{reason=\"encoding\"}", 1.0)
                .containsEntry("usagestats_reports_rejected_total{reason=\"forbidden\"}", 1.0)
                .containsEntry("usagestats_reports_total{outcome=\"stored\"}", 0.0)
                .containsEntry("usagestats_sink_append_seconds_count", 0.0);
    }

    @Test
    void requests_that_come_in_a_wrong_way_are_counted_by_status() throws IOException {
        collector.close();
        Access access = Access.builder().host("localhost").build();
        collector = Collector.builder().sink(sink).access(access).rateLimit(1).start();
        Reply.to(
                collector.address(),
                "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        for (String path : List.of("/", "/v1/count", "/metrics")) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: evil.example\r\n\r\n";
            assertThat(Reply.to(collector.address(), request).status()).isEqualTo(421);
        }
        for (int i = 0; i < 3; i++) {
            Reply.to(collector.address(), Requests.withId("/", ID, REPORT));
        }

        assertThat(scrape())
                .containsEntry("usagestats_requests_refused_total{status=\"411\"}", 1.0)
                .containsEntry("usagestats_requests_refused_total{status=\"421\"}", 3.0)
                .containsEntry("usagestats_requests_refused_total{status=\"429\"}", 2.0)
                .containsEntry("usagestats_reports_rejected_total{reason=\"put_off\"}", 2.0);
    }

    @Test
    void bytes_are_counted_as_they_were_sent() throws IOException {
        byte[] body = Requests.gzip((REPORT + "x".repeat(10_000)).getBytes(StandardCharsets.US_ASCII));
        Reply.to(collector.address(), Requests.post("POST / HTTP/1.1", body, "Content-Encoding: gzip"));

        assertThat(scrape()).containsEntry("usagestats_received_bytes_total", (double) body.length);
    }

    @Test
    void failures_of_the_sink_are_counted_and_are_no_rejections() throws IOException {
        sink.fail(new IOException("the disk is on fire"));
        post("/", REPORT);
        post("/v1/reports", "{\"report\":{}}");

        Map<String, Double> samples = scrape();
        assertThat(samples)
                .containsEntry("usagestats_sink_failures_total", 2.0)
                .containsEntry("usagestats_sink_append_seconds_count", 2.0)
                .containsEntry("usagestats_requests_busy_total", 0.0);
        assertThat(samples.entrySet().stream()
                        .filter(sample -> sample.getKey().startsWith("usagestats_reports_"))
                        .mapToDouble(Map.Entry::getValue)
                        .sum())
                .isZero();
    }

    @Test
    void the_time_of_an_append_is_measured() throws Exception {
        CountDownLatch hold = new CountDownLatch(1);
        sink.hold(hold);
        try (Socket socket = Reply.connected(collector.address())) {
            long before = System.nanoTime();
            socket.getOutputStream().write(Requests.pythonRequests(REPORT));
            sink.entered().await();
            long began = System.nanoTime();
            Await.until("30 ms went by", Duration.ofSeconds(5), () -> System.nanoTime() - began > 30_000_000);
            assertThat(scrape()).containsEntry("usagestats_sink_append_seconds_count", 0.0);
            hold.countDown();
            Reply.read(socket.getInputStream());
            double most = (System.nanoTime() - before) / 1e9;

            assertThat(scrape())
                    .containsEntry("usagestats_sink_append_seconds_bucket{le=\"0.025\"}", 0.0)
                    .containsEntry("usagestats_sink_append_seconds_bucket{le=\"+Inf\"}", 1.0)
                    .hasEntrySatisfying(
                            "usagestats_sink_append_seconds_sum",
                            sum -> assertThat(sum).isBetween(0.03, most));
        }
    }

    @Test
    void a_collector_that_stops_can_still_be_read_and_counts_whom_it_sends_away() throws Exception {
        CountDownLatch hold = new CountDownLatch(1);
        sink.hold(hold);
        try (Socket socket = Reply.connected(collector.address())) {
            socket.getOutputStream().write(Requests.pythonRequests(REPORT));
            sink.entered().await();
            CompletableFuture<Void> stopping = CompletableFuture.runAsync(this::close, OWN_THREAD);
            Await.until("it is not ready", Duration.ofSeconds(20), () -> scrape().get("usagestats_ready") == 0);
            assertThat(post("/", REPORT).status()).isEqualTo(503);
            assertThat(post("/v1/reports", "{\"report\":{}}").status()).isEqualTo(503);
            assertThat(Reply.to(collector.address(), Requests.get("/v1/count")).status())
                    .isEqualTo(503);
            assertThat(scrape()).containsEntry("usagestats_requests_busy_total", 3.0);
            hold.countDown();
            stopping.get(20, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host: evil.example", "Host: localhost\r\nX-Forwarded-For: 192.0.2.1"})
    void others_may_not_read_them(String headers) throws IOException {
        Reply reply = Reply.to(collector.address(), "GET /metrics HTTP/1.1\r\n" + headers + "\r\n\r\n");
        assertThat(reply.status()).isEqualTo(403);
    }

    @Test
    void they_are_read_by_get_only() throws IOException {
        assertThat(post("/metrics", REPORT).status()).isEqualTo(405);
    }

    @Test
    void help_and_labels_are_escaped() {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("a", "back\\slash");
        labels.put("b", "\"quoted\"\nline");
        String text = new Exposition()
                .metric("name", "gauge", "a \\ and \"quotes\"\nand a line")
                .sample("name", labels, 0.5)
                .toString();

        assertThat(text)
                .isEqualTo("# HELP name a \\\\ and \"quotes\"\\nand a line\n# TYPE name gauge\n"
                        + "name{a=\"back\\\\slash\",b=\"\\\"quoted\\\"\\nline\"} 0.5\n");
        assertThat(PrometheusText.samples(text)).hasSize(1);
    }

    private Map<String, Double> scrape() throws IOException {
        Reply reply = Reply.to(collector.address(), Requests.get("/metrics"));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        return PrometheusText.samples(reply.body());
    }

    private Reply post(String path, String body, String... headers) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return Reply.to(collector.address(), Requests.post("POST " + path + " HTTP/1.1", bytes, headers));
    }

    private void close() {
        try {
            collector.close();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }
}
