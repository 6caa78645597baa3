package org.usagestats.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.sink.SinkFullException;

/** Text reports over real sockets: the rules and the words of the original collectors, and those of clients with ids. */
class TextIngestTest {

    private static final String REPORT = "date:1408745999.123\nuser:u1\nversion:0.1\nwhat:Ran the program\n";
    private static final String ID = "0190163d-8694-739b-aea5-966c26f8ad91";
    private static final int LIMIT = 524_288;

    private final ListSink sink = new ListSink();

    @RegisterExtension
    private final RunningCollector collector = new RunningCollector(sink);

    @AfterEach
    void goesOnAfterwards() throws IOException {
        sink.fail(null);
        assertThat(send(Requests.pythonRequests(REPORT)).body()).isEqualTo("stored");
    }

    @Test
    void stores_what_python_requests_sends_and_says_so_in_plain_text() throws IOException {
        Reply reply = send(Requests.pythonRequests(REPORT));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("stored");
        assertThat(reply.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
        assertThat(reply.header("Usagestats-Ack")).isEmpty();
        assertThat(sink.reports())
                .singleElement()
                .satisfies(report -> assertThat(report.body())
                        .asString(StandardCharsets.UTF_8)
                        .isEqualTo(REPORT));
    }

    @Test
    void serves_many_reports_on_one_connection() throws IOException {
        try (Socket socket = Reply.connected(collector.address())) {
            InputStream in = socket.getInputStream();
            for (int i = 0; i < 20; i++) {
                socket.getOutputStream().write(Requests.pythonRequests(REPORT));
                assertThat(Reply.read(in).body()).isEqualTo("stored");
            }
        }
        assertThat(sink.reports()).hasSize(20);
    }

    @Test
    void keeps_the_path_and_no_address() throws IOException {
        send(Requests.pythonRequests("/some/where%20else", REPORT.getBytes(StandardCharsets.UTF_8)));

        assertThat(sink.json())
                .singleElement()
                .asString()
                .contains("\"submitted_path\":\"/some/where%20else\"")
                .doesNotContain("submitted_from");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE / HTTP/1.1", "PUT / HTTP/1.1", "GET /any/path HTTP/1.1", "OPTIONS / HTTP/1.0"})
    void refuses_what_is_not_a_post(String requestLine) throws IOException {
        Reply reply = send(Requests.post(requestLine, REPORT.getBytes(StandardCharsets.UTF_8)));

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.body()).isEqualTo("invalid request");
        assertThat(sink.reports()).isEmpty();
    }

    @Test
    void refuses_head_without_a_body() throws IOException {
        assertThat(sendText("HEAD /any HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Content-Length: 1234567890\r\n",
            })
    void refuses_a_length_that_is_missing_or_not_plain(String header) throws IOException {
        Reply reply = sendText("POST / HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n5\r\ndate:\r\n0\r\n\r\n");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).isEqualTo("invalid content length");
        assertThat(sink.reports()).isEmpty();
    }

    /** HTTP servers answer these themselves, in their own words. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: many\r\n",
                "Content-Length: +5\r\n",
                "Content-Length: 5\r\nContent-Length: 6\r\n"
            })
    void refuses_a_length_that_is_no_number_or_is_told_twice(String header) throws IOException {
        assertThat(sendText("POST / HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void accepts_the_largest_report_and_refuses_one_byte_more() throws IOException {
        assertThat(send(Requests.pythonRequests("/", sized(LIMIT))).body()).isEqualTo("stored");

        Reply reply = send(Requests.pythonRequests("/", sized(LIMIT + 1)));
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.body()).isEqualTo("report too big");
        assertThat(sink.reports()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {600_000, 2_000_000, 4_000_000})
    void lets_the_sender_of_too_much_see_the_answer(int size) throws IOException {
        byte[] request = Requests.pythonRequests("/", sized(size));
        for (int i = 0; i < 20; i++) {
            assertThat(send(request).body()).isEqualTo("report too big");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "what:nothing\n", "DATE:1408745999.123\n", " date:1408745999.123\n", "dates:1\n"})
    void refuses_a_report_without_a_date(String report) throws IOException {
        Reply reply = send(Requests.pythonRequests(report));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).isEqualTo("missing date field");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "date:\n",
                "date: 12.5\n",
                "date:12.5\r\n",
                "date:1.5\n",
                "date:12\n",
                "date:12.1234\n",
                "date:1234567890123.5\n",
                "date:12.5 \n",
                "date:x\ndate:12.5\n",
                "date:12.5\u0085\n",
            })
    void refuses_a_date_that_is_not_unix_seconds(String report) throws IOException {
        Reply reply = send(Requests.pythonRequests(report));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).isEqualTo("invalid date");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "date:12.5",
                "date:123456789012.123\n",
                "date:12.5\ndate:nonsense\n",
                "a line without a colon\n\ndate:12.5\n",
                "what:x\rdate:nonsense\ndate:12.5\n",
                "server_time:mine\nsubmitted_from:me\nreport_id:1\ndate:12.5\n",
            })
    void accepts_whatever_else_stands_there(String report) throws IOException {
        assertThat(send(Requests.pythonRequests(report)).body()).isEqualTo("stored");
    }

    @Test
    void accepts_bytes_that_are_not_utf8() throws IOException {
        byte[] report = "date:12.5\nname:caf\u00e9\u0000\u00ff\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(send(Requests.pythonRequests("/", report)).body()).isEqualTo("stored");
        assertThat(sink.reports().get(0).body()).isEqualTo(report);
    }

    @Test
    void accepts_a_value_of_200_kib() throws IOException {
        assertThat(send(Requests.pythonRequests("date:12.5\nbig:" + "x".repeat(200 * 1024)))
                        .body())
                .isEqualTo("stored");
    }

    @Test
    void stores_nothing_of_a_report_that_breaks_off() throws IOException {
        byte[] whole = Requests.pythonRequests(REPORT);
        try (Socket socket = Reply.connected(collector.address())) {
            socket.getOutputStream().write(whole, 0, whole.length - 5);
            socket.shutdownOutput();
            // No answer at all, or one that says that something went wrong.
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .doesNotContain(" 200 ", "stored");
        }
        assertThat(sink.reports()).isEmpty();
    }

    @Test
    void refuses_a_web_page_that_posts() throws IOException {
        Reply reply = send(Requests.post(
                "POST / HTTP/1.1", REPORT.getBytes(StandardCharsets.UTF_8), "Origin: https://evil.example"));

        assertThat(reply.status()).isEqualTo(403);
        assertThat(sink.reports()).isEmpty();
    }

    @Test
    void acknowledges_by_id_the_first_time_and_again() throws IOException {
        for (int i = 0; i < 2; i++) {
            Reply reply = send(Requests.withId("/", ID, REPORT));
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body()).isEqualTo("stored");
            assertThat(reply.header("Usagestats-Ack")).contains(ID);
        }
        assertThat(sink.reports()).hasSize(1);
    }

    @Test
    void rejects_another_report_with_the_same_id() throws IOException {
        send(Requests.withId("/", ID, REPORT));

        Reply reply = send(Requests.withId("/", ID, REPORT + "more:1\n"));
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.header("Usagestats-Reject")).contains(ID + " conflict");
        assertThat(sink.reports()).hasSize(1);
    }

    @Test
    void rejects_by_id_with_a_problem_document() throws IOException {
        Reply reply = send(Requests.withId("/", ID, "date:today\n"));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.header("Usagestats-Reject")).contains(ID + " invalid date");
        assertThat(reply.header("Content-Type")).contains("application/problem+json");
        assertThat(reply.body())
                .isEqualTo(
                        "{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,\"detail\":\"invalid date: "
                                + "\\\"date:\\\" is followed by 2 to 12 digits, a dot and 1 to 3 digits\"}\n");
    }

    @Test
    void rejects_by_id_what_is_too_big_or_encoded() throws IOException {
        Reply tooBig = send(Requests.withId("/", ID, new String(sized(LIMIT + 1), StandardCharsets.US_ASCII)));
        assertThat(tooBig.status()).isEqualTo(413);
        assertThat(tooBig.header("Usagestats-Reject")).contains(ID + " report too big");

        Reply encoded = send(
                Requests.post("POST / HTTP/1.1", new byte[10], "Content-Encoding: br", "Usagestats-Report-Id: " + ID));
        assertThat(encoded.status()).isEqualTo(415);
        assertThat(encoded.header("Usagestats-Reject")).contains(ID + " unknown content encoding");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "0190163d8694739baea5966c26f8ad91", "1-1-1-1-1", "{" + ID + "}", ID + "0"})
    void refuses_a_malformed_id_and_echoes_nothing_of_it(String id) throws IOException {
        requireRefusedId(id);
    }

    /** Not every HTTP server shows a header without a value. */
    @Test
    @Tag("empty-headers")
    void refuses_an_empty_id() throws IOException {
        requireRefusedId("");
    }

    private void requireRefusedId(String id) throws IOException {
        Reply reply = send(Requests.withId("/", id, REPORT));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).contains("Usagestats-Report-Id is a UUID");
        assertThat(reply.header("Usagestats-Reject")).isEmpty();
        assertThat(reply.header("Usagestats-Ack")).isEmpty();
        assertThat(sink.reports()).isEmpty();
    }

    @Test
    void asks_to_come_again_when_the_sink_fails_and_blames_no_report() throws IOException {
        sink.fail(new IOException("the disk is on fire"));

        Reply reply = send(Requests.withId("/", ID, REPORT));
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isPresent();
        assertThat(reply.header("Usagestats-Reject")).isEmpty();
        assertThat(reply.body()).doesNotContain("fire");
    }

    @Test
    void says_so_when_the_sink_is_full() throws IOException {
        sink.fail(new SinkFullException("no space left", new IOException("ENOSPC")));

        Reply reply = send(Requests.pythonRequests(REPORT));
        assertThat(reply.status()).isEqualTo(507);
        assertThat(reply.header("Usagestats-Reject")).isEmpty();
        assertThat(reply.body()).isEqualTo("no room left");
    }

    private static byte[] sized(int bytes) {
        byte[] report = Arrays.copyOf("date:12.5\n".getBytes(StandardCharsets.US_ASCII), bytes);
        Arrays.fill(report, 10, bytes, (byte) 'x');
        return report;
    }

    private Reply send(byte[] request) throws IOException {
        return Reply.to(collector.address(), request);
    }

    private Reply sendText(String request) throws IOException {
        return Reply.to(collector.address(), request);
    }
}
