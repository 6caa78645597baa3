package org.usagestats.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies that are compressed in every wrong way, made here since they are no text, with the answer beside each. */
class CompressedCorpusTest {

    private static final String REPORT = "date:1408745999.123\nwhat:Ran\n";
    private static final int MEBIBYTE = 1 << 20;

    private final ListSink sink = new ListSink();

    @RegisterExtension
    private final RunningCollector collector = new RunningCollector(sink);

    /** A body, how it says it is encoded, and what the collector answers. */
    enum Bad {
        WHOLE("gzip", "200 stored", () -> Requests.gzip(bytes(REPORT))),
        TEN_KILOBYTES_TO_TEN_MEGABYTES("gzip", "403 report too big", () -> zeros(10 * MEBIBYTE)),
        HALF_A_MEGABYTE_TO_HALF_A_GIGABYTE("gzip", "403 report too big", () -> zeros(500 * MEBIBYTE)),
        MORE_THAN_A_BODY_MAY_HAVE("gzip", "403 report too big", () -> zeros(600 * MEBIBYTE)),
        A_HUNDREDFOLD("gzip", "403 compressed too much", () -> Requests.gzip(bytes(REPORT + "x".repeat(70_000)))),
        CUT_OFF("gzip", "400 invalid gzip", () -> cutOff(Requests.gzip(bytes(REPORT)))),
        WRONG_CHECKSUM("gzip", "400 invalid gzip", () -> damaged(8)),
        WRONG_LENGTH("gzip", "400 invalid gzip", () -> damaged(4)),
        SEVERAL_MEMBERS(
                "gzip",
                "400 invalid gzip",
                () -> concat(Requests.gzip(bytes(REPORT)), Requests.gzip(bytes("more:1\n")))),
        ZEROS_BEHIND("gzip", "400 invalid gzip", () -> concat(Requests.gzip(bytes(REPORT)), new byte[512])),
        TWICE("gzip, gzip", "415 unknown content encoding", () -> Requests.gzip(Requests.gzip(bytes(REPORT)))),
        TWICE_AND_SAID_ONCE("gzip", "400 missing date field", () -> Requests.gzip(Requests.gzip(bytes(REPORT)))),
        DEFLATE("deflate", "415 unknown content encoding", () -> deflated(false)),
        RAW_DEFLATE("deflate", "415 unknown content encoding", () -> deflated(true)),
        DEFLATE_THAT_IS_CALLED_GZIP("gzip", "400 invalid gzip", () -> deflated(false)),
        BROTLI("br", "415 unknown content encoding", () -> bytes(REPORT)),
        NAME_OF_OLD("x-gzip", "415 unknown content encoding", () -> Requests.gzip(bytes(REPORT))),
        NOT_COMPRESSED("gzip", "400 invalid gzip", () -> bytes(REPORT)),
        NOTHING("gzip", "400 invalid gzip", () -> new byte[0]),
        COMPRESSED_AND_NOT_SAID("identity", "400 missing date field", () -> Requests.gzip(bytes(REPORT)));

        private final String encoding;
        private final String answer;
        private final Body body;

        Bad(String encoding, String answer, Body body) {
            this.encoding = encoding;
            this.answer = answer;
            this.body = body;
        }
    }

    private interface Body {
        byte[] bytes() throws IOException;
    }

    @AfterEach
    void goesOnAfterwards() throws IOException {
        assertThat(Reply.to(collector.address(), Requests.pythonRequests(REPORT))
                        .body())
                .isEqualTo("stored");
    }

    @ParameterizedTest
    @EnumSource
    void isAnsweredAsItStandsHere(Bad bad) throws IOException {
        byte[] request = Requests.post("POST / HTTP/1.1", bad.body.bytes(), "Content-Encoding: " + bad.encoding);
        Reply reply = Reply.to(collector.address(), request);

        assertThat(reply.status() + " " + reply.body()).isEqualTo(bad.answer);
        assertThat(sink.reports()).hasSize(reply.status() == 200 ? 1 : 0);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] cutOff(byte[] whole) {
        return Arrays.copyOf(whole, whole.length - 1);
    }

    /** A report of which one byte of the checksum or the length behind it is wrong, so far from the end. */
    private static byte[] damaged(int fromEnd) throws IOException {
        byte[] whole = Requests.gzip(bytes(REPORT));
        whole[whole.length - fromEnd]++;
        return whole;
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    /** So many zeros, which gzip makes about a thousand times smaller. */
    private static byte[] zeros(int length) throws IOException {
        ByteArrayOutputStream member = new ByteArrayOutputStream();
        byte[] some = new byte[MEBIBYTE];
        try (OutputStream out = new GZIPOutputStream(member)) {
            for (int left = length; left > 0; left -= some.length) {
                out.write(some);
            }
        }
        return member.toByteArray();
    }

    private static byte[] deflated(boolean raw) throws IOException {
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, raw);
        try (OutputStream out = new DeflaterOutputStream(deflated, deflater)) {
            out.write(bytes(REPORT));
        } finally {
            deflater.end();
        }
        return deflated.toByteArray();
    }
}
