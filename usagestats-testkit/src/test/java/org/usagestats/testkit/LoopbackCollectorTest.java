package org.usagestats.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoopbackCollectorTest {

    private LoopbackCollector collector;

    @BeforeEach
    void open() throws IOException {
        collector = LoopbackCollector.open();
    }

    @AfterEach
    void close() throws IOException {
        collector.close();
    }

    @Test
    void storesAndAcknowledgesByTheIdOfTheRequest() throws IOException {
        try (Connection connection = new Connection()) {
            connection.post("/a?b=c", "Usagestats-Report-Id: 7", "date:1.000\n");

            assertThat(connection.answer())
                    .isEqualTo("HTTP/1.1 200 Scripted|Usagestats-Ack: 7|Content-Length: 6||stored");
        }
        ArrivedRequest request = collector.received().get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/a?b=c");
        assertThat(request.header("usagestats-report-id")).hasValue("7");
        assertThat(request.header("Expect")).isEmpty();
        assertThat(request.text()).isEqualTo("date:1.000\n");
    }

    @Test
    void acknowledgesErasuresByTheirNumber() throws IOException {
        try (Connection connection = new Connection()) {
            connection.post("/stats/v1/erasures", "A: b", "one\ntwo\n");

            assertThat(connection.answer())
                    .isEqualTo("HTTP/1.1 200 Scripted|Usagestats-Ack: erasures 2|Content-Length: 6||stored");
        }
        assertThat(collector.received()).allMatch(ArrivedRequest::isErasure);
    }

    @Test
    void answersAsScriptedAndThenAsAlways() throws IOException {
        collector.answerNext(ScriptedAnswer.rejected(400, "no date"), ScriptedAnswer.of(503, "", "Retry-After: 5"));
        collector.answerAlways(ScriptedAnswer.of(302, ""));

        try (Connection connection = new Connection()) {
            connection.post("/", "Usagestats-Report-Id: 8", "x");
            assertThat(connection.answer()).startsWith("HTTP/1.1 400 Scripted|Usagestats-Reject: 8 no date|");
            connection.post("/", "A: b", "y");
            assertThat(connection.answer()).startsWith("HTTP/1.1 503 Scripted|Retry-After: 5|");
            connection.post("/", "A: b", "z");
            assertThat(connection.answer()).startsWith("HTTP/1.1 302");
        }
        assertThat(collector.received()).extracting(ArrivedRequest::text).containsExactly("x", "y", "z");
        assertThat(collector.connections()).isEqualTo(1);
    }

    @Test
    void answersOnlyWhenReleased() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        collector.answerNext(ScriptedAnswer.stored().after(released));

        try (Connection connection = new Connection()) {
            connection.post("/", "A: b", "x");
            Await.until(
                    "the request arrives",
                    Duration.ofSeconds(5),
                    () -> !collector.received().isEmpty());
            assertThat(connection.in.ready()).isFalse();
            released.countDown();
            assertThat(connection.answer()).endsWith("stored");
        }
    }

    @Test
    void hangsUpInPlaceOfAnAnswer() throws IOException {
        collector.answerNext(ScriptedAnswer.hangUp());

        try (Connection connection = new Connection()) {
            connection.post("/", "A: b", "x");
            assertThat(connection.in.read()).isEqualTo(-1);
        }
    }

    @Test
    void endsASilentAnswerAndRefusesConnectionsWhenClosed() throws Exception {
        collector.answerNext(ScriptedAnswer.never());

        try (Connection connection = new Connection()) {
            connection.post("/", "A: b", "x");
            Await.until(
                    "the request arrives",
                    Duration.ofSeconds(5),
                    () -> !collector.received().isEmpty());
            collector.close();
            assertThat(connection.endOfStream()).isTrue();
        }
        assertThatThrownBy(Connection::new).isInstanceOf(ConnectException.class);
    }

    /** A client that speaks just enough HTTP. */
    private final class Connection implements AutoCloseable {

        private final Socket socket = new Socket("127.0.0.1", collector.port());
        private final BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));

        Connection() throws IOException {}

        void post(String path, String header, String body) throws IOException {
            String request = "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + header + "\r\nContent-Length: "
                    + body.length() + "\r\n\r\n" + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        }

        /** Reads one answer, its lines joined by bars. */
        String answer() throws IOException {
            StringBuilder answer = new StringBuilder();
            int length = 0;
            for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
                answer.append(line).append('|');
                length = line.startsWith("Content-Length: ") ? Integer.parseInt(line.substring(16)) : length;
            }
            char[] body = new char[length];
            assertThat(length == 0 ? 0 : in.read(body)).isEqualTo(length);
            return answer.append('|').append(body).toString();
        }

        boolean endOfStream() throws IOException {
            try {
                return in.read() == -1;
            } catch (SocketException reset) {
                return true;
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
