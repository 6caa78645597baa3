package org.usagestats.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.server.tls.Tls;
import org.usagestats.sink.Durability;
import org.usagestats.sink.MeasuredSink;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.Reading;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.SinkConfig;
import org.usagestats.testkit.Await;
import org.usagestats.testkit.Certificates;

/** What /metrics tells of the sink and of the certificate. */
class ScrapeTest {

    @TempDir
    private Path directory;

    @Test
    void the_jsonl_sink_tells_its_batches_its_syncs_and_what_waits() throws Exception {
        try (Collector collector = jsonl()) {
            assertThat(scrape(collector))
                    .containsEntry("usagestats_sink_batches_total", 0.0)
                    .containsEntry("usagestats_sink_batch_reports_total", 0.0)
                    .containsEntry("usagestats_sink_sync_seconds_total", 0.0)
                    .containsEntry("usagestats_sink_quarantined_files", 0.0)
                    .containsEntry("usagestats_sink_damaged_lines", 0.0);
            send(collector, "/", "date:12.5\n");
            send(collector, "/v1/reports", "{\"report\":{}}\n{\"report\":{}}\n");

            // The writer makes room in the queue after it has let the senders know.
            Await.until(
                    "nothing waits",
                    Duration.ofSeconds(30),
                    () -> scrape(collector).get("usagestats_sink_queue_bytes") == 0);
            Map<String, Double> samples = scrape(collector);
            assertThat(samples)
                    .containsEntry("usagestats_sink_batches_total", 2.0)
                    .containsEntry("usagestats_sink_batch_reports_total", 3.0)
                    .containsEntry("usagestats_sink_syncs_total", 2.0);
            assertThat(samples.get("usagestats_sink_sync_seconds_total"))
                    .isPositive()
                    .isLessThanOrEqualTo(samples.get("usagestats_sink_append_seconds_sum"));
        }
    }

    @Test
    void damage_is_told_once_a_question_came_upon_it_and_a_torn_end_at_once() throws IOException {
        try (Collector collector = jsonl()) {
            send(collector, "/", "date:12.5\n");
            send(collector, "/", "date:13.5\n");
        }
        Files.writeString(segment(), "damaged\n{\"torn", StandardOpenOption.APPEND);
        try (Collector collector = jsonl()) {
            assertThat(scrape(collector)).containsEntry("usagestats_sink_quarantined_files", 1.0);
        }
        byte[] bytes = Files.readAllBytes(segment());
        bytes[20] ^= 1;
        Files.write(segment(), bytes);
        try (Collector collector = jsonl()) {
            Reply.to(collector.address(), Requests.get("/v1/download/import"));
            assertThat(scrape(collector)).containsEntry("usagestats_sink_damaged_lines", 1.0);
        }
    }

    @Test
    void the_time_until_the_certificate_expires_is_told() throws Exception {
        Certificates made = new Certificates(directory);
        made.make("short", "EC", "-validity", "3");
        Tls tls = Tls.pem(made.pem("short"), made.key("short"));
        try (Collector collector =
                        Collector.builder().sink(new ListSink()).tls(tls).start();
                Socket socket = Reply.encrypted(Reply.connected(collector.address()), made.trust("short"))) {
            Reply reply = Reply.on(socket, Requests.get("/metrics").getBytes(StandardCharsets.US_ASCII));
            Instant expires =
                    ((X509Certificate) made.certificate("short")).getNotAfter().toInstant();

            assertThat(PrometheusText.samples(reply.body()).get("usagestats_tls_certificate_expires_seconds"))
                    .isBetween(
                            Duration.ofDays(2).toSeconds() * 1.0,
                            Duration.between(Instant.now(), expires).toSeconds() + 60.0);
        }
    }

    @Test
    void the_page_for_operators_names_every_metric() throws Exception {
        Certificates made = new Certificates(directory);
        made.make("any", "EC");
        SinkConfig config = new SinkConfig(directory.resolve("sink").toString(), Durability.OS, "collector", Map.of());
        Collector.Builder builder =
                Collector.builder().sink("jsonl", config).tls(Tls.pem(made.pem("any"), made.key("any")));
        try (Collector collector = builder.start();
                Socket socket = Reply.encrypted(Reply.connected(collector.address()), made.trust("any"))) {
            Reply reply = Reply.on(socket, Requests.get("/metrics").getBytes(StandardCharsets.US_ASCII));
            Set<String> told = new TreeSet<>();
            Pattern.compile("(?m)^# TYPE usagestats_(\\w+)")
                    .matcher(reply.body())
                    .results()
                    .forEach(found -> told.add(found.group(1)));

            String page = Files.readString(Path.of("../docs/operating.md"));
            String table = page.substring(page.indexOf("| what | metrics"), page.indexOf("These are worth an alarm"));
            Set<String> named = new TreeSet<>();
            Pattern.compile("`([a-z]+(?:_[a-z]+)*)`")
                    .matcher(table)
                    .results()
                    .forEach(found -> named.add(found.group(1)));
            named.remove("usagestats");
            named.remove("jsonl");
            assertThat(named).isEqualTo(told);
        }
    }

    @Test
    void without_a_certificate_nothing_is_told_of_one() throws IOException {
        try (Collector collector = Collector.builder().sink(new ListSink()).start()) {
            assertThat(scrape(collector)).doesNotContainKey("usagestats_tls_certificate_expires_seconds");
        }
    }

    @Test
    void a_sink_of_a_plug_in_tells_its_own_numbers() throws IOException {
        MeasuredSink sink = sink(() -> List.of(
                Reading.counter("retries_total", "How often it tried again.", 7),
                Reading.gauge("lag", "How late.", -2.5)));
        try (Collector collector = Collector.builder().sink(sink).start()) {
            assertThat(scrape(collector))
                    .containsEntry("usagestats_sink_retries_total", 7.0)
                    .containsEntry("usagestats_sink_lag", -2.5);
        }
    }

    @Test
    void a_sink_that_cannot_tell_its_numbers_hides_no_others() throws IOException {
        MeasuredSink sink = sink(() -> {
            throw new IllegalStateException("no connection");
        });
        try (Collector collector = Collector.builder().sink(sink).start();
                CapturedLog log = CapturedLog.of(Scrape.class)) {
            assertThat(scrape(collector)).containsEntry("usagestats_ready", 1.0);
            assertThat(log.lines()).singleElement().asString().contains("no connection");
        }
    }

    private interface Readings {
        List<Reading> read() throws IOException;
    }

    private static MeasuredSink sink(Readings readings) {
        return new MeasuredSink() {
            @Override
            public List<Reading> readings() throws IOException {
                return readings.read();
            }

            @Override
            public List<Outcome> append(List<ReceivedReport> reports) {
                return reports.stream().map(report -> Outcome.STORED).toList();
            }

            @Override
            public void close() {}
        };
    }

    private Collector jsonl() throws IOException {
        return Collector.builder()
                .sink("jsonl", new SinkConfig(directory.toString(), Durability.ALWAYS, "collector", Map.of()))
                .start();
    }

    private Path segment() throws IOException {
        try (Stream<Path> files =
                Files.find(directory, 2, (file, kind) -> file.toString().endsWith("-000001.jsonl"))) {
            return files.findFirst().orElseThrow();
        }
    }

    private static void send(Collector collector, String path, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        assertThat(Reply.to(collector.address(), Requests.post("POST " + path + " HTTP/1.1", bytes))
                        .status())
                .isEqualTo(200);
    }

    private static Map<String, Double> scrape(Collector collector) throws IOException {
        return PrometheusText.samples(
                Reply.to(collector.address(), Requests.get("/metrics")).body());
    }
}
