package org.usagestats.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.testkit.Await;

/** Reports that come through gzip: kept as if they had come without, and no way to make the collector inflate much. */
class GzipIngestTest {

    private static final String REPORT = "date:1408745999.123\nname:Zoë\n";
    private static final String ID = "0190163d-8694-739b-aea5-966c26f8ad91";
    private static final int LIMIT = 524_288;

    private final ListSink sink = new ListSink();

    @RegisterExtension
    private final RunningCollector collector = new RunningCollector(sink);

    @AfterEach
    void goesOnAfterwards() throws IOException {
        assertThat(send("/", gzip(REPORT)).body()).isEqualTo("stored");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP"})
    void keeps_a_text_report_as_if_it_had_come_without(String encoding) throws IOException {
        Reply reply = send("/", gzip(REPORT), "Content-Encoding: " + encoding);

        assertThat(reply.body()).isEqualTo("stored");
        assertThat(sink.reports().get(0).body())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(REPORT);
    }

    @Test
    void keeps_a_json_report_as_if_it_had_come_without() throws IOException {
        assertThat(send("/v1/on_import", gzip("{\"a\": 1}")).body()).isEqualTo("{\"success\": true}");
        assertThat(sink.json()).singleElement().asString().endsWith(",\"a\":1}");
    }

    @Test
    void takes_the_same_report_compressed_and_not_for_the_same() throws IOException {
        Reply.to(collector.address(), Requests.withId("/", ID, REPORT));
        Reply reply = send("/", gzip(REPORT), "Content-Encoding: gzip", "Usagestats-Report-Id: " + ID);

        assertThat(reply.header("Usagestats-Ack")).contains(ID);
        assertThat(sink.reports()).hasSize(1);
    }

    @Test
    void understands_every_part_of_a_header() throws IOException {
        byte[] whole = gzip(REPORT);
        ByteArrayOutputStream member = new ByteArrayOutputStream();
        member.write(HexFormat.of().parseHex("1f8b081e0000000000030300aabbcc"));
        member.write("name\0comment\0".getBytes(StandardCharsets.ISO_8859_1));
        CRC32 header = new CRC32();
        header.update(member.toByteArray());
        member.write((int) header.getValue());
        member.write((int) header.getValue() >> 8);
        member.write(whole, 10, whole.length - 10);

        assertThat(send("/", member.toByteArray()).body()).isEqualTo("stored");
        assertThat(sink.reports().get(0).body())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(REPORT);
    }

    @Test
    void refuses_gzip_that_is_cut_anywhere() throws IOException {
        byte[] whole = gzip("{\"a\":1}");
        for (int length = 0; length < whole.length; length++) {
            assertThat(send("/v1/on_import", Arrays.copyOf(whole, length)).body())
                    .isEqualTo("invalid gzip: it ends too early\n");
        }
        assertThat(sink.reports()).isEmpty();
    }

    /** Some bits say nothing: the time and the system in the header, the padding after the last block. */
    @Test
    void a_turned_bit_is_refused_or_changes_nothing() throws IOException {
        byte[] whole = gzip("{\"a\":1}");
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Reply reply = send("/v1/on_import", damaged);
            if (reply.status() != 200) {
                assertThat(reply.status()).isEqualTo(400);
                assertThat(reply.body().lines()).singleElement().asString().startsWith("invalid gzip: ");
            }
        }
        assertThat(sink.json())
                .hasSizeLessThan(1 + 6 * 8 + 8)
                .allSatisfy(json -> assertThat(json).endsWith(",\"a\":1}"));
    }

    @Test
    void refuses_what_follows_the_one_member() throws IOException {
        for (byte[] more : new byte[][] {new byte[1], gzip(REPORT), "garbage".getBytes(StandardCharsets.US_ASCII)}) {
            Reply reply = send("/v1/on_import", concat(gzip("{}"), more));
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.body()).isEqualTo("invalid gzip: nothing follows its one member\n");
        }
        assertThat(sink.reports()).isEmpty();
    }

    @Test
    void answers_an_original_client_in_a_few_words() throws IOException {
        Reply reply = send("/", REPORT.getBytes(StandardCharsets.UTF_8));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).isEqualTo("invalid gzip");
    }

    @Test
    void rejects_by_id() throws IOException {
        Reply reply = send("/", new byte[20], "Content-Encoding: gzip", "Usagestats-Report-Id: " + ID);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.header("Usagestats-Reject")).contains(ID + " invalid gzip");
        assertThat(reply.body()).contains("invalid gzip: it does not begin as gzip does");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Encoding: gzip, gzip",
                "Content-Encoding: gzip\r\nContent-Encoding: gzip",
                "Content-Encoding: gzip\r\nContent-Encoding: identity",
                "Content-Encoding: deflate",
                "Content-Encoding: x-gzip",
            })
    void knows_no_other_encoding_and_says_which_it_knows(String header) throws IOException {
        requireUnknown(header);
    }

    /** Not every HTTP server shows a header without a value. */
    @Test
    @Tag("empty-headers")
    void an_empty_encoding_is_none_that_it_knows() throws IOException {
        requireUnknown("Content-Encoding: ");
    }

    private void requireUnknown(String header) throws IOException {
        Reply reply = send("/v1/on_import", gzip("{}"), header);

        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.header("Accept-Encoding")).contains("gzip");
        assertThat(reply.body())
                .isEqualTo("unknown content encoding: a report is sent as it is, or once through gzip\n");
        assertThat(sink.reports()).isEmpty();
    }

    @Test
    void accepts_the_largest_report_and_refuses_one_byte_more() throws IOException {
        assertThat(send("/", Requests.gzip(sized(LIMIT))).body()).isEqualTo("stored");

        Reply reply = send("/", Requests.gzip(sized(LIMIT + 1)));
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.body()).isEqualTo("report too big");
        assertThat(sink.reports()).hasSize(1);
    }

    @Test
    void accepts_any_ratio_up_to_64_kib_and_100_beyond() throws IOException {
        assertThat(send("/", Requests.gzip(zeros(65_536))).body()).isEqualTo("stored");

        Reply reply = send("/", Requests.gzip(zeros(65_537)), "Content-Encoding: gzip", "Usagestats-Report-Id: " + ID);
        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.header("Usagestats-Reject")).contains(ID + " compressed too much");
    }

    /** It does not reach the end, where this one lacks its checksums. */
    @Test
    void does_not_inflate_a_bomb_beyond_what_is_allowed() throws IOException {
        byte[] bomb = Requests.gzip(zeros(10 * 1024 * 1024));
        assertThat(bomb.length).isLessThan(11_000);

        assertThat(send("/", Arrays.copyOf(bomb, bomb.length - 8)).body()).isEqualTo("report too big");
    }

    @Test
    void counts_the_memory_of_what_is_inflated() throws Exception {
        byte[] request = Requests.post("POST / HTTP/1.1", Requests.gzip(halfEmpty(LIMIT)), "Content-Encoding: gzip");
        assertThat(request.length).isLessThan(300_000);
        CountDownLatch hold = new CountDownLatch(1);
        sink.hold(hold);
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < 66; i++) {
            sockets.add(Reply.connected(collector.address()));
            sockets.get(i).getOutputStream().write(request);
        }
        Await.until("one more is sent away", Duration.ofSeconds(20), () -> {
            try (Socket socket = Reply.connected(collector.address())) {
                socket.setSoTimeout(500);
                socket.getOutputStream().write(request);
                return Reply.read(socket.getInputStream()).status() == 503;
            } catch (SocketTimeoutException taken) {
                return false;
            }
        });
        hold.countDown();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private Reply send(String path, byte[] body) throws IOException {
        return send(path, body, "Content-Encoding: gzip");
    }

    private Reply send(String path, byte[] body, String... headers) throws IOException {
        return Reply.to(collector.address(), Requests.post("POST " + path + " HTTP/1.1", body, headers));
    }

    private static byte[] gzip(String text) throws IOException {
        return Requests.gzip(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A report that gzip makes smaller, but not by much. */
    private static byte[] sized(int bytes) {
        byte[] report = new byte[bytes];
        Random letters = new Random(1);
        for (int i = 0; i < bytes; i++) {
            report[i] = (byte) ('a' + letters.nextInt(26));
        }
        System.arraycopy("date:12.5\n".getBytes(StandardCharsets.US_ASCII), 0, report, 0, 10);
        return report;
    }

    private static byte[] halfEmpty(int bytes) {
        byte[] report = sized(bytes);
        Arrays.fill(report, 10 + bytes / 4, bytes, (byte) 0);
        return report;
    }

    private static byte[] zeros(int bytes) {
        return Arrays.copyOf("date:12.5\n".getBytes(StandardCharsets.US_ASCII), bytes);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
