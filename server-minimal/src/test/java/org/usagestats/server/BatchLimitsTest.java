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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How much a batch may have: just that is taken, and more is not. */
class BatchLimitsTest {

    private final ListSink sink = new ListSink();

    @RegisterExtension
    private final RunningCollector collector = new RunningCollector(sink);

    private final Batches batches = new Batches(collector, sink);

    @AfterEach
    void goesOnAfterwards() throws IOException {
        assertThat(batches.send("{\"report\":{}}").body()).isEqualTo("{\"results\":[{\"result\":\"stored\"}]}\n");
    }

    @Test
    void rejects_what_is_beyond_a_limit_of_a_report_and_keeps_the_rest() throws IOException {
        String deepest = "{\"a\":" + "[".repeat(31) + "]".repeat(31) + "}";
        String values = "{\"a\":[" + "1,".repeat(9_990) + "1]}";
        assertThat(batches.send("{\"report\":" + deepest + "}", "{\"report\":" + values + "}")
                        .body())
                .isEqualTo("{\"results\":[{\"result\":\"stored\"},{\"result\":\"stored\"}]}\n");

        for (String report : new String[] {
            "{\"a\":" + "[".repeat(32) + "]".repeat(32) + "}",
            "{\"a\":[" + "1,".repeat(10_000) + "1]}",
            "{\"a\":\"" + "x".repeat(200 * 1024) + "\"}"
        }) {
            assertThat(batches.rejection("{\"report\":" + report + "}"))
                    .startsWith("json beyond a limit: at most 32 levels");
        }
    }

    @Test
    void holds_each_report_to_512_kib() throws IOException {
        String largest = sized(512 * 1024);
        assertThat(batches.send("{\"report\":" + largest + "}").body()).contains("\"stored\"");
        assertThat(batches.rejection("{\"report\":" + sized(512 * 1024 + 1) + "}"))
                .isEqualTo("report too big: at most 524288 bytes");
        assertThat(batches.rejection("{\"report\":" + sized(1024 * 1024) + "}"))
                .isEqualTo("report too big: at most 524288 bytes");
    }

    @Test
    void takes_10000_lines_and_not_one_more() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            lines.add("{\"report\":{\"n\":" + i + "}}\n");
        }
        assertThat(batches.send(String.join("\n", lines)).body().split("\"stored\"", -1))
                .hasSize(10_001);
        assertThat(sink.json().get(9_999)).endsWith(",\"n\":9999}");

        lines.add("{}");
        Reply reply = batches.send(String.join("\n", lines));
        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.body()).contains("\"batch too big: at most 10000 lines\"");
        assertThat(sink.reports()).hasSize(10_000);
    }

    @Test
    void takes_8_mib_and_not_one_byte_more_also_through_gzip() throws IOException {
        byte[] largest = largest().getBytes(StandardCharsets.US_ASCII);
        assertThat(batches.send(largest).body().split("\"stored\"", -1)).hasSize(129);
        assertThat(batches.send(Requests.gzip(largest), "Content-Encoding: gzip")
                        .body()
                        .split("\"stored\"", -1))
                .hasSize(129);

        byte[] larger = (largest() + "\n").getBytes(StandardCharsets.US_ASCII);
        for (Reply reply :
                List.of(batches.send(larger), batches.send(Requests.gzip(larger), "Content-Encoding: gzip"))) {
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
            for (Reply reply :
                    List.of(batches.send(largest), batches.send(Requests.gzip(largest), "Content-Encoding: gzip"))) {
                assertThat(reply.status()).isEqualTo(503);
                assertThat(reply.header("Retry-After")).isPresent();
            }
            hold.countDown();
            assertThat(Reply.read(socket.getInputStream()).status()).isEqualTo(200);
        }
        assertThat(batches.send(largest).status()).isEqualTo(200);
        assertThat(sink.reports()).hasSize(2 * 128);
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
}
