package org.usagestats.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How much a batch may have: just that is taken, and more is not. */
class BatchLimitsTest {

    private final ListSink sink = new ListSink();
    private Collector collector;

    @BeforeEach
    void start() throws IOException {
        collector = Collector.builder().sink(sink).start();
    }

    @AfterEach
    void goesOnAfterwards() throws IOException {
        assertThat(send("{\"report\":{}}").body()).isEqualTo("{\"results\":[{\"result\":\"stored\"}]}\n");
        collector.close();
    }

    @Test
    void rejects_what_is_beyond_a_limit_of_a_report_and_keeps_the_rest() throws IOException {
        String deepest = "{\"a\":" + "[".repeat(31) + "]".repeat(31) + "}";
        String values = "{\"a\":[" + "1,".repeat(9_990) + "1]}";
        assertThat(send("{\"report\":" + deepest + "}", "{\"report\":" + values + "}")
                        .body())
                .isEqualTo("{\"results\":[{\"result\":\"stored\"},{\"result\":\"stored\"}]}\n");

        for (String report : new String[] {
            "{\"a\":" + "[".repeat(32) + "]".repeat(32) + "}",
            "{\"a\":[" + "1,".repeat(10_000) + "1]}",
            "{\"a\":\"" + "x".repeat(200 * 1024) + "\"}"
        }) {
            assertThat(detail("{\"report\":" + report + "}")).startsWith("json beyond a limit: at most 32 levels");
        }
    }

    @Test
    void holds_each_report_to_512_kib() throws IOException {
        String largest = sized(512 * 1024);
        assertThat(send("{\"report\":" + largest + "}").body()).contains("\"stored\"");
        assertThat(detail("{\"report\":" + sized(512 * 1024 + 1) + "}"))
                .isEqualTo("report too big: at most 524288 bytes");
        assertThat(detail("{\"report\":" + sized(1024 * 1024) + "}")).isEqualTo("report too big: at most 524288 bytes");
    }

    @Test
    void takes_10000_lines_and_not_one_more() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            lines.add("{\"report\":{\"n\":" + i + "}}\n");
        }
        assertThat(send(String.join("\n", lines)).body().split("\"stored\"", -1))
                .hasSize(10_001);
        assertThat(sink.json().get(9_999)).endsWith(",\"n\":9999}");

        lines.add("{}");
        Reply reply = send(String.join("\n", lines));
        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.body()).contains("\"batch too big: at most 10000 lines\"");
        assertThat(sink.reports()).hasSize(10_000);
    }

    @Test
    void takes_8_mib_and_not_one_byte_more_also_through_gzip() throws IOException {
        byte[] largest = largest().getBytes(StandardCharsets.US_ASCII);
        assertThat(send(largest).body().split("\"stored\"", -1)).hasSize(129);
        assertThat(send(Requests.gzip(largest), "Content-Encoding: gzip").body().split("\"stored\"", -1))
                .hasSize(129);

        byte[] larger = (largest() + "\n").getBytes(StandardCharsets.US_ASCII);
        for (Reply reply : List.of(send(larger), send(Requests.gzip(larger), "Content-Encoding: gzip"))) {
            assertThat(reply.status()).isEqualTo(413);
            assertThat(reply.body()).contains("\"batch too big: at most 8388608 bytes\"");
        }
        assertThat(sink.reports()).hasSize(2 * 128);
    }

    @Test
    void big_batches_beyond_the_memory_for_them_are_told_to_come_again() throws Exception {
        byte[] largest = largest().getBytes(StandardCharsets.US_ASCII);
        CountDownLatch hold = new CountDownLatch(1);
        sink.hold(hold);
        try (Socket socket = Reply.connected(collector.address())) {
            socket.getOutputStream().write(Requests.post("POST /v1/reports HTTP/1.1", largest));
            sink.entered().await();
            for (Reply reply : List.of(send(largest), send(Requests.gzip(largest), "Content-Encoding: gzip"))) {
                assertThat(reply.status()).isEqualTo(503);
                assertThat(reply.header("Retry-After")).isPresent();
            }
            hold.countDown();
            assertThat(Reply.read(socket.getInputStream()).status()).isEqualTo(200);
        }
        assertThat(send(largest).status()).isEqualTo(200);
        assertThat(sink.reports()).hasSize(2 * 128);
    }

    private String detail(String line) throws IOException {
        int before = sink.reports().size();
        Reply reply = send(line);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(sink.reports()).hasSize(before);
        String start = "{\"results\":[{\"result\":\"rejected\",\"detail\":\"";
        assertThat(reply.body()).startsWith(start).endsWith("\"}]}\n");
        return reply.body()
                .substring(start.length(), reply.body().length() - "\"}]}\n".length())
                .replace("\\\"", "\"");
    }

    /** A report of so many bytes, in strings that are short enough. */
    private static String sized(int bytes) {
        StringBuilder report = new StringBuilder("{\"a\":[\"\"");
        while (bytes - report.length() > 60_010) {
            report.append(",\"").append("x".repeat(60_000)).append('"');
        }
        return report.append(",\"")
                .append("x".repeat(bytes - report.length() - 3))
                .append("\"]}")
                .toString();
    }

    /** 128 lines of 64 KiB that gzip cannot make 100 times smaller. */
    private static String largest() {
        StringBuilder batch = new StringBuilder();
        for (int i = 0; i < 128; i++) {
            batch.append("{\"report\":{\"a\":\"");
            for (int j = 0; j < 80; j++) {
                batch.append(UUID.nameUUIDFromBytes(new byte[] {(byte) i, (byte) j}));
            }
            batch.append("y".repeat(65_536 * (i + 1) - batch.length() - 4)).append("\"}}");
            batch.append(i < 127 ? "\n" : " ");
        }
        return batch.toString();
    }

    private Reply send(String... lines) throws IOException {
        return send(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    private Reply send(byte[] batch, String... headers) throws IOException {
        return Reply.to(collector.address(), Requests.post("POST /v1/reports HTTP/1.1", batch, headers));
    }
}
