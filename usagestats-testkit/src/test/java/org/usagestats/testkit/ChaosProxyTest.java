package org.usagestats.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.usagestats.testkit.Passage.End;

class ChaosProxyTest {

    private static final Duration AMPLE = Duration.ofSeconds(20);
    private static final int SHORT_MILLIS = 200;

    private static final String ANSWER = "HTTP/1.1 200 Scripted\r\nContent-Length: 6\r\n\r\nstored";

    private LoopbackCollector collector;
    private ChaosProxy proxy;

    @BeforeEach
    void open() throws IOException {
        collector = LoopbackCollector.open();
        proxy = ChaosProxy.before(collector.dropPoint());
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        collector.close();
    }

    @Test
    void leadsToTheCollector() throws Exception {
        assertThat(exchange("one")).isEqualTo(ANSWER);
        assertThat(collector.received()).extracting(ArrivedRequest::text).containsExactly("one");
    }

    @Test
    void namesTheWholeUrlThatLeadsThroughIt() throws Exception {
        try (ChaosProxy secure = ChaosProxy.before(URI.create("https://stats.invalid:8443/a%20b?token=%41"))) {
            assertThat(secure.dropPoint().toString())
                    .matches("https://127\\.0\\.0\\.1:\\d+/a%20b\\?token=%41")
                    .doesNotContain("8443");
        }
    }

    @Test
    void keepsAConnectionForSeveralRequests() throws Exception {
        try (Socket client = connect()) {
            for (int i = 0; i < 3; i++) {
                send(client, "number " + i);
                assertThat(new String(client.getInputStream().readNBytes(ANSWER.length()), StandardCharsets.US_ASCII))
                        .isEqualTo(ANSWER);
            }
        }

        assertThat(collector.received())
                .extracting(ArrivedRequest::text)
                .containsExactly("number 0", "number 1", "number 2");
        assertThat(proxy.connections()).isEqualTo(1);
    }

    @Test
    void usesEachFaultOnceAndThenTheLastingOneUntilItIsCalm() throws Exception {
        proxy.next(Fault.inAnswer(Passage.cutAfter(1)), Fault.inAnswer(Passage.cutAfter(2)));
        proxy.always(Fault.inAnswer(Passage.cutAfter(3)));

        assertThat(exchange("a")).isEqualTo("H");
        assertThat(exchange("b")).isEqualTo("HT");
        assertThat(exchange("c")).isEqualTo("HTT");
        assertThat(exchange("d")).isEqualTo("HTT");
        assertThat(proxy.connections()).isEqualTo(4);

        proxy.next(Fault.refused());
        proxy.calm();
        assertThat(exchange("e")).isEqualTo(ANSWER);
    }

    @Test
    void resetsARefusedConnection() throws Exception {
        proxy.next(Fault.refused());

        assertThatThrownBy(() -> exchange("lost")).isInstanceOf(SocketException.class);
        assertThat(collector.connections()).isZero();
    }

    @Test
    void readsNothingFromAnIgnoredConnection() throws Exception {
        proxy.next(Fault.ignored());
        try (Socket client = connect()) {
            send(client, "lost");
            client.setSoTimeout(SHORT_MILLIS);

            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        }
        assertThat(collector.connections()).isZero();
    }

    @Test
    void holdsBackTheFirstByteOfARequestAndOfAnAnswer() throws Exception {
        Passage delayed = Passage.delayed(Duration.ofMillis(SHORT_MILLIS));
        proxy.next(Fault.inRequest(delayed), Fault.inAnswer(delayed));

        for (int i = 0; i < 2; i++) {
            long start = System.nanoTime();
            assertThat(exchange("late")).isEqualTo(ANSWER);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(delayed.delay());
        }
        assertThat(collector.received()).hasSize(2);
    }

    @Test
    void dribblesRequestsAndAnswers() throws Exception {
        proxy.next(Fault.inRequest(Passage.dribbled(5)), Fault.inAnswer(Passage.dribbled(5)));

        for (int i = 0; i < 2; i++) {
            long start = System.nanoTime();
            assertThat(exchange("in small pieces")).isEqualTo(ANSWER);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(80));
        }
        assertThat(collector.received())
                .extracting(ArrivedRequest::text)
                .containsExactly("in small pieces", "in small pieces");
    }

    @Test
    void cutsARequestSoThatTheCollectorNeverHasItWhole() throws Exception {
        proxy.next(Fault.inRequest(Passage.cutAfter(30)), Fault.inRequest(Passage.resetAfter(30)));

        assertThat(exchangeQuietly("lost")).isEmpty();
        assertThatThrownBy(() -> exchange("lost")).isInstanceOf(SocketException.class);
        Await.until("both connections at the collector", AMPLE, () -> collector.connections() == 2);
        Await.until("their end", AMPLE, () -> collector.openConnections() == 0);
        assertThat(collector.received()).isEmpty();
    }

    @Test
    void losesTheAnswerToARequestThatTheCollectorHas() throws Exception {
        proxy.next(Fault.inAnswer(Passage.cutAfter(0)), Fault.inAnswer(Passage.resetAfter(0)));

        assertThat(exchangeQuietly("a")).isEmpty();
        assertThatThrownBy(() -> exchange("b")).isInstanceOf(SocketException.class);
        assertThat(collector.received()).extracting(ArrivedRequest::text).containsExactly("a", "b");
    }

    @Test
    void swallowsAnAnswerAndStaysSilent() throws Exception {
        proxy.next(Fault.inAnswer(Passage.swallowedAfter(8)));
        try (Socket client = connect()) {
            send(client, "a");
            assertThat(client.getInputStream().readNBytes(8)).isEqualTo("HTTP/1.1".getBytes(StandardCharsets.US_ASCII));
            client.setSoTimeout(SHORT_MILLIS);

            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        }
        assertThat(collector.received()).hasSize(1);
        Await.until("the end of the connection", AMPLE, () -> collector.openConnections() == 0);
    }

    @Test
    void bringsEveryRequestOfADuplicatedConnectionTwiceAndAnswersOnce() throws Exception {
        proxy.next(Fault.duplicated());
        try (Socket client = connect()) {
            send(client, "a");
            assertThat(client.getInputStream().readNBytes(ANSWER.length())).hasSize(ANSWER.length());
            send(client, "b");
            client.shutdownOutput();
            assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo(ANSWER);
        }

        assertThat(collector.received()).extracting(ArrivedRequest::text).containsExactly("a", "a", "b", "b");
    }

    @Test
    void disturbsBothDirectionsAtOnce() throws Exception {
        Passage slowAndShort = new Passage(Duration.ZERO, 7, 12, End.CLOSED);
        proxy.next(new Fault(Fault.Treatment.FORWARDED, Passage.dribbled(9), slowAndShort));

        assertThat(exchange("a")).isEqualTo("HTTP/1.1 200");
    }

    @Test
    void resetsConnectionsWhileTheCollectorIsDown() throws Exception {
        collector.close();

        assertThatThrownBy(() -> exchange("lost")).isInstanceOf(SocketException.class);
    }

    @Test
    void endsEverythingWhenClosed() throws Exception {
        proxy.next(Fault.ignored(), Fault.inAnswer(Passage.delayed(AMPLE)));
        try (Socket ignored = connect();
                Socket delayed = connect()) {
            send(delayed, "a");
            Await.until("the request", AMPLE, () -> collector.received().size() == 1);

            proxy.close();

            assertThat(delayed.getInputStream().read()).isEqualTo(-1);
            assertThat(ignored.getInputStream().read()).isEqualTo(-1);
            assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
            assertThat(threads()).isEmpty();
        }
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("chaos-"))
                .collect(Collectors.toSet());
    }

    /** Sends a request and returns all that comes until the connection ends. */
    private String exchange(String body) throws IOException {
        try (Socket client = connect()) {
            send(client, body);
            client.shutdownOutput();
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    /** The same, where the end may also show as a reset, as it does if bytes were on their way. */
    private String exchangeQuietly(String body) {
        try {
            return exchange(body);
        } catch (IOException reset) {
            return "";
        }
    }

    private Socket connect() throws IOException {
        URI url = proxy.dropPoint();
        return new Socket(url.getHost(), url.getPort());
    }

    private static void send(Socket client, String body) throws IOException {
        String head = "POST / HTTP/1.1\r\nHost: here\r\nContent-Length: " + body.length() + "\r\n\r\n";
        client.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
    }
}
