package org.usagestats.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.api.Erasure;
import org.usagestats.sink.Durability;
import org.usagestats.sink.SinkConfig;

/** Whoever sent a report has it erased over HTTP, and nobody else. */
class ErasuresTest {

    private final ForgettingSink sink = new ForgettingSink();

    @RegisterExtension
    private final RunningCollector collector = new RunningCollector(sink);

    @TempDir
    private Path directory;

    @Test
    void the_erase_hash_of_a_report_reaches_the_sink() throws IOException {
        assertThat(report(1, erasure(1).hash()).header("Usagestats-Ack")).contains(id(1).toString());
        Reply batch = post(
                "/v1/reports",
                "{\"erase\":\"" + erasure(2).hash() + "\",\"report\":{},\"id\":\"" + id(2) + "\"}\n" + "{\"id\":\""
                        + id(3) + "\",\"report\":{\"erase\":1}}");

        assertThat(batch.status()).isEqualTo(200);
        assertThat(sink.hashes()).containsExactly(erasure(1).hash(), erasure(2).hash(), "none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789"})
    void a_malformed_erase_hash_rejects_the_report(String hash) throws IOException {
        requireRejectedFor(hash);
    }

    /** Not every HTTP server shows a header without a value. */
    @Test
    @Tag("empty-headers")
    void an_empty_erase_hash_rejects_the_report() throws IOException {
        requireRejectedFor("");
    }

    private void requireRejectedFor(String hash) throws IOException {
        Reply reply = report(1, hash);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.header("Usagestats-Reject")).contains(id(1) + " invalid erase hash");
        assertThat(reply.body()).contains("Usagestats-Erase is 64 lower-case hexadecimal digits");
        assertThat(post("/v1/reports", "{\"id\":\"" + id(1) + "\",\"erase\":\"" + hash + "\",\"report\":{}}")
                        .body())
                .contains("\"rejected\"", "erase is 64 lower-case hexadecimal digits");
        assertThat(sink.hashes()).isEmpty();
    }

    @Test
    void an_erase_hash_without_an_id_is_of_no_use_and_rejected() throws IOException {
        String hash = erasure(1).hash();
        assertThat(Reply.to(
                                collector.address(),
                                Requests.post("POST / HTTP/1.1", bytes("date:12.5\n"), "Usagestats-Erase: " + hash))
                        .status())
                .isEqualTo(400);
        assertThat(post("/v1/reports", "{\"erase\":\"" + hash + "\",\"report\":{}}")
                        .body())
                .contains("\"rejected\"", "needs a report id beside it");
        assertThat(sink.hashes()).isEmpty();
    }

    @Test
    void lines_are_taken_and_acknowledged_by_their_number() throws IOException {
        Reply reply = post(
                "/v1/erasures", erasure(1).line() + "\r\n\n \t\n" + erasure(2).line());

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Usagestats-Ack")).contains("erasures 2");
        assertThat(reply.header("Content-Type")).contains("application/json");
        assertThat(reply.body()).isEqualTo("{\"erasures\":2}\n");
        assertThat(sink.erased()).containsExactly(erasure(1), erasure(2));
    }

    @ParameterizedTest
    @CsvSource({
        "nonsense,3",
        "0190163d-8694-739b-aea5-966c26f8ad91,3",
        "0190163D-8694-739B-AEA5-966C26F8AD91 0000000000000000000000000000000000000000000000000000000000000000,3",
        "0190163d-8694-739b-aea5-966c26f8ad91 000000000000000000000000000000000000000000000000000000000000000g,3"
    })
    void nothing_is_done_if_one_line_is_bad(String bad, int number) throws IOException {
        Reply reply = post(
                "/v1/erasures",
                erasure(1).line() + "\n\n" + bad + "\n" + erasure(2).line() + "\n");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.header("Content-Type")).contains("application/problem+json");
        assertThat(reply.header("Usagestats-Ack")).isEmpty();
        assertThat(reply.body())
                .contains("line " + number + " is no erasure: a report's id in lower case, a space, and 64 lower-case"
                        + " hexadecimal digits");
        assertThat(sink.erased()).isEmpty();
    }

    @Test
    void at_least_one_line_and_at_most_a_thousand() throws IOException {
        assertThat(post("/v1/erasures", "\n\n").status()).isEqualTo(400);
        assertThat(post("/v1/erasures", lines(0, 1001)).status()).isEqualTo(413);
        assertThat(sink.erased()).isEmpty();
        assertThat(post("/v1/erasures", lines(0, 1000)).body()).isEqualTo("{\"erasures\":1000}\n");
        assertThat(sink.erased()).hasSize(1000);
    }

    @Test
    void who_asks_too_much_is_told_when_to_come_again() throws IOException {
        int granted = 0;
        Reply reply = post("/v1/erasures", lines(0, 1000));
        while (reply.status() == 200 && granted < 100) {
            granted++;
            reply = post("/v1/erasures", lines(0, 1000));
        }

        assertThat(granted).isBetween(10, 99);
        assertThat(reply.status()).isEqualTo(429);
        assertThat(Integer.parseInt(reply.header("Retry-After").orElseThrow())).isBetween(1, 3);
        assertThat(sink.erased()).hasSize(granted * 1000);
        assertThat(Reply.to(collector.address(), Requests.get("/metrics")).body())
                .contains("usagestats_erasures_total{outcome=\"granted\"} " + granted * 1000 + "\n")
                .contains("usagestats_erasures_total{outcome=\"put_off\"} 1000\n");
    }

    @Test
    void many_small_requests_are_put_off_sooner_than_they_have_lines() throws IOException {
        int granted = 0;
        while (granted < 2000 && post("/v1/erasures", erasure(1).line()).status() == 200) {
            granted++;
        }

        assertThat(granted).isBetween(400, 1500);
    }

    @Test
    void a_failing_sink_and_one_that_erases_nothing_say_so() throws IOException {
        sink.fail(new IOException("the disk is on fire"));
        Reply failed = post("/v1/erasures", erasure(1).line());
        assertThat(failed.status()).isEqualTo(503);
        assertThat(failed.header("Retry-After")).isPresent();
        assertThat(failed.body()).doesNotContain("fire");

        try (Collector other = Collector.builder().sink(new ListSink()).start()) {
            Reply refused = post(other.address(), "/v1/erasures", erasure(1).line());
            assertThat(refused.status()).isEqualTo(501);
            assertThat(refused.body()).contains("Not Implemented", "this sink erases nothing");
        }
    }

    @Test
    void web_pages_and_other_methods_are_refused() throws IOException {
        assertThat(Reply.to(
                                collector.address(),
                                Requests.post(
                                        "POST /v1/erasures HTTP/1.1",
                                        bytes(erasure(1).line()),
                                        "Origin: https://a.example"))
                        .status())
                .isEqualTo(403);
        assertThat(Reply.to(collector.address(), Requests.get("/v1/erasures")).status())
                .isEqualTo(405);
        assertThat(sink.erased()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"files", "jsonl"})
    void what_was_sent_is_gone_from_real_sinks_and_strangers_erase_nothing(String name) throws IOException {
        try (Collector real = Collector.builder()
                .sink(name, new SinkConfig(directory.resolve("data").toString(), Durability.ALWAYS, "web", Map.of()))
                .start()) {
            for (int number = 1; number <= 3; number++) {
                assertThat(report(real.address(), number, erasure(number).hash())
                                .status())
                        .isEqualTo(200);
            }
            Reply known = post(real.address(), "/v1/erasures", erasure(2).line());
            Reply unknown = post(real.address(), "/v1/erasures", erasure(9).line());
            Reply stranger = post(
                    real.address(),
                    "/v1/erasures",
                    new Erasure(id(1), erasure(9).secret()).line());

            assertThat(List.of(unknown.body(), stranger.body())).containsOnly(known.body());
            assertThat(List.of(unknown.status(), stranger.status(), known.status()))
                    .containsOnly(200);
            assertThat(report(real.address(), 2, erasure(2).hash()).header("Usagestats-Ack"))
                    .contains(id(2).toString());
            assertThat(Reply.to(real.address(), Requests.get("/v1/download/import"))
                            .body())
                    .contains(id(1).toString(), id(3).toString())
                    .doesNotContain(id(2).toString());
        }
    }

    private Reply report(int number, String hash) throws IOException {
        return report(collector.address(), number, hash);
    }

    private static Reply report(InetSocketAddress collector, int number, String hash) throws IOException {
        return Reply.to(
                collector,
                Requests.post(
                        "POST / HTTP/1.1",
                        bytes("date:12.5\nn:" + number + "\n"),
                        "Usagestats-Report-Id: " + id(number),
                        "Usagestats-Erase: " + hash));
    }

    private Reply post(String path, String body) throws IOException {
        return post(collector.address(), path, body);
    }

    private static Reply post(InetSocketAddress collector, String path, String body) throws IOException {
        return Reply.to(collector, Requests.post("POST " + path + " HTTP/1.1", bytes(body)));
    }

    private static String lines(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> erasure(number).line() + "\n")
                .collect(Collectors.joining());
    }

    private static UUID id(int number) {
        return new UUID(0x4000, number);
    }

    private static Erasure erasure(int number) {
        return new Erasure(id(number), String.format(Locale.ROOT, "%064x", number));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
