package org.usagestats.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests whose end a proxy and the collector could see in different places, so that what the one takes for a body the
 * other takes for a request (RFC 9112, 11.2). Each is refused, and nothing after it on its connection is read as a request.
 */
class SmugglingTest {

    private static final String SMUGGLED =
            "POST /smuggled HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\ndate:66.6\n";

    private final ListSink sink = new ListSink();

    @RegisterExtension
    private final RunningCollector collector = new RunningCollector(sink);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 10\r\nContent-Length: 0",
                "Content-Length: 10\r\nContent-Length: 10",
                "Content-Length: 10, 10",
                "Content-Length: +10",
                "Content-Length: 0x0a",
                "Content-Length: 1 0",
                "Content-Length: -1",
                "Content-Length: ",
                "Content-Length: 10;a",
                "Content-Length:\u00a010",
                "Content-Length: 99999999999999999999",
                " Content-Length: 10",
                "Content-Length\t: 10",
                "Content-Length: 10\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 10",
                "Content-Length: 10\r\nTransfer-Encoding : chunked",
                "Content-Length: 10\r\nTransfer-Encoding: xchunked",
                "Content-Length: 10\r\nTransfer-Encoding: identity",
                "Content-Length: 10\r\nTransfer-Encoding:\r\n chunked",
                "Content-Length: 10\r\n\tTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Host: localhost\r\nContent-Length: 10",
            })
    void is_refused_and_ends_its_connection(String headers) throws IOException {
        requireRefused(headers);
    }

    /** Not every HTTP server refuses them (RFC 9112, 5.1), and the collector does not see them. */
    @ParameterizedTest
    @Tag("strict-header-lines")
    @ValueSource(
            strings = {
                "Content-Length : 10",
                "Content-Length: 10\r\nNo colon",
                "Content-Length: 10\r\n: no name",
                "Content-Length: 10\r\nX@Y: a",
            })
    void a_line_that_is_no_header_is_refused_and_ends_its_connection(String headers) throws IOException {
        requireRefused(headers);
    }

    private void requireRefused(String headers) throws IOException {
        String head = "POST / HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n\r\n";
        String answers = answers(head + "date:12.5\n" + SMUGGLED);

        assertThat(answers).as(answers).doesNotContain("stored");
        if (!answers.isEmpty()) {
            assertThat(answers).matches("(?s)HTTP/1.1 (400|411|501) .*").containsOnlyOnce("HTTP/1.1");
        }
        assertThat(sink.reports()).isEmpty();
    }

    /** Or refused: RFC 9112, 5.2, leaves both to a server. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length:\r\n 10",
                "Content-Length: 10\r\n\t ",
                "X: a\r\n Content-Length: 3\r\nContent-Length: 10",
                "Content-Length: 10\r\nX: a\r\n\tTransfer-Encoding: chunked",
            })
    void a_folded_line_is_one_line(String headers) throws IOException {
        String head = "POST / HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n\r\n";

        String answers = answers(head + "date:12.5\n" + SMUGGLED);
        if (answers.startsWith("HTTP/1.1 400 ")) {
            assertThat(answers).doesNotContain("stored").containsOnlyOnce("HTTP/1.1");
        } else {
            assertThat(answers.split("stored", -1)).hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /v1/nothing", "POST /metrics", "GET /v1/download/import", "DELETE /", "OPTIONS /"})
    void a_request_that_is_answered_without_a_look_at_its_body_ends_its_connection_too(String verb) throws IOException {
        // The JDK's parser takes the size for 3, a proxy for a whole gigabyte.
        String request = verb + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "100000003\r\nabc\r\n0\r\n\r\n";

        assertThat(answers(request + SMUGGLED)).doesNotContain("stored").containsOnlyOnce("HTTP/1.1");
        assertThat(sink.reports()).isEmpty();
    }

    @Test
    void a_report_in_chunks_is_asked_for_its_length() throws IOException {
        Reply reply = Reply.to(
                collector.address(),
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\na\r\ndate:12.5\n\r\n0\r\n\r\n");

        assertThat(reply.status()).isEqualTo(411);
        assertThat(reply.body()).isEqualTo("length required");
        assertThat(reply.header("Connection")).contains("close");
    }

    private String answers(String requests) throws IOException {
        try (Socket socket = Reply.connected(collector.address())) {
            socket.getOutputStream().write(requests.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return read(socket.getInputStream());
        }
    }

    /** Reads until the end, which may be abrupt. */
    private static String read(InputStream in) throws IOException {
        StringBuilder read = new StringBuilder();
        try {
            for (int next = in.read(); next >= 0; next = in.read()) {
                read.append((char) next);
            }
        } catch (SocketException reset) {
            read.append("");
        }
        return read.toString();
    }

    @Test
    void two_requests_on_one_connection_are_two_requests() throws IOException {
        String answers = answers(SMUGGLED + SMUGGLED.replace("66.6", "12.5"));

        assertThat(answers.split("stored", -1)).hasSize(3);
        assertThat(sink.reports()).hasSize(2);
    }
}
