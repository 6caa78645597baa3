package org.usagestats.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.api.Erasure;
import org.usagestats.api.Report;
import org.usagestats.spi.Delivery;
import org.usagestats.spi.Delivery.Answer;
import org.usagestats.spi.TransportConfig;
import org.usagestats.spi.TransportConfig.Plaintext;
import org.usagestats.testkit.ArrivedRequest;
import org.usagestats.testkit.Await;
import org.usagestats.testkit.LoopbackCollector;
import org.usagestats.testkit.ScriptedAnswer;

class HttpTransportTest {

    private static final Duration AMPLE = Duration.ofSeconds(20);
    private static final UUID ID = UUID.fromString("0f0e0d0c-1111-4222-8333-444455556666");
    private static final Report REPORT = Report.of(ID, "date:1.000\nnote:ä\n".getBytes(StandardCharsets.UTF_8));

    private static final Erasure ERASURE = new Erasure(ID, "5".repeat(64));

    private LoopbackCollector collector;
    private HttpTransport transport;

    @BeforeEach
    void open() throws IOException {
        collector = LoopbackCollector.open();
        transport = open(collector.dropPoint());
    }

    @AfterEach
    void close() throws IOException {
        transport.close();
        collector.close();
    }

    /** A program that delivers for months would gather one for each delivery. */
    @Test
    @EnabledForJreRange(max = JRE.JAVA_18, disabledReason = "later groups are forgotten with their last thread")
    void leavesNoGroupOfThreadsBehind() throws Exception {
        deliver();
        transport.close();

        ThreadGroup[] groups = new ThreadGroup[100];
        Await.until("the end of the group", AMPLE, () -> {
            int count = Thread.currentThread().getThreadGroup().enumerate(groups);
            return Arrays.stream(groups, 0, count)
                    .noneMatch(group -> group.getName().equals("usagestats-http"));
        });
    }

    @Test
    void tellsWhereNobodyCouldBeReached() throws Exception {
        collector.close();

        assertThat(deliver().detail()).isEqualTo("nobody can be reached at 127.0.0.1:" + collector.port());
    }

    @Test
    void postsTheReportWithItsIdAndLength() {
        deliver();

        ArrivedRequest request = collector.received().get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/");
        assertThat(request.body()).isEqualTo(REPORT.content());
        assertThat(request.header("Content-Type")).hasValue("text/plain; charset=utf-8");
        assertThat(request.header("Content-Length")).hasValue(String.valueOf(REPORT.content().length));
        assertThat(request.header("Usagestats-Report-Id")).hasValue(ID.toString());
        assertThat(request.header("User-Agent").orElseThrow()).matches("usagestats-java(/\\S+)?");
        assertThat(request.headers())
                .extracting(header -> header.substring(0, header.indexOf(':')))
                .containsExactlyInAnyOrder(
                        "Content-Length", "Host", "Content-Type", "Usagestats-Report-Id", "User-Agent");
    }

    @Test
    void sendsTheEraseHashOfAReportThatHasOne() {
        transport.deliver(REPORT.erasableBy(ERASURE.hash()), AMPLE);

        ArrivedRequest request = collector.received().get(0);
        assertThat(request.header("Usagestats-Erase")).hasValue(ERASURE.hash());
        assertThat(request.body()).isEqualTo(REPORT.content());
    }

    @Test
    void postsErasuresALineEach() {
        Delivery delivery = transport.erase(List.of(ERASURE, ERASURE), AMPLE);

        assertThat(delivery).isEqualTo(Delivery.of(Answer.DELIVERED, "HTTP 200, acknowledged"));
        ArrivedRequest request = collector.received().get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/v1/erasures");
        assertThat(request.header("Content-Type")).hasValue("text/plain; charset=utf-8");
        assertThat(request.text()).isEqualTo((ERASURE.line() + "\n").repeat(2));
        assertThat(request.header("Usagestats-Report-Id")).isEmpty();
    }

    @Test
    void postsAThousandErasuresOverTheConnectionOfTheReports() {
        deliver();

        assertThat(transport.erase(Collections.nCopies(1000, ERASURE), AMPLE).answer())
                .isEqualTo(Answer.DELIVERED);
        assertThat(collector.connections()).isEqualTo(1);
    }

    @Test
    void boundsTheAnswerToErasuresInTimeAndSize() {
        collector.answerNext(ScriptedAnswer.dribbled(), ScriptedAnswer.endless());

        assertThat(transport.erase(List.of(ERASURE), Duration.ofMillis(300)))
                .isEqualTo(Delivery.of(Answer.UNANSWERED, "no whole answer within 300 ms"));
        assertThat(transport.erase(List.of(ERASURE), AMPLE).detail()).contains("longer than 65536 bytes");
    }

    @ParameterizedTest
    @CsvSource({
        "'',/",
        "/,/",
        "/?token=a%20b&c,/?token=a%20b&c",
        "?x=1,/?x=1",
        "/some/../%7Epath/,/some/../%7Epath/",
        "/ä,/%C3%A4"
    })
    void postsToTheDropPointAsGiven(String given, String sent) throws IOException {
        try (HttpTransport there = open(at(given))) {
            there.deliver(REPORT, AMPLE);
        }

        assertThat(collector.received()).extracting(ArrivedRequest::path).containsExactly(sent);
    }

    @Test
    void usesOneConnectionForAllReportsAndEndsItWhenClosed() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThat(deliver().answer()).isEqualTo(Answer.DELIVERED);
        }
        assertThat(collector.connections()).isEqualTo(1);

        transport.close();

        Await.until("the connection ends", AMPLE, () -> collector.openConnections() == 0);
    }

    @Test
    void goesOnAfterACollectorEndedTheConnection() {
        for (int i = 0; i < 3; i++) {
            collector.answerNext((request, out) -> {
                ScriptedAnswer.of(200, "stored", "Connection: close").answer(request, out);
                out.close();
            });
            assertThat(deliver().answer()).isEqualTo(Answer.DELIVERED);
        }
    }

    @Test
    void isUnansweredWhenTheConnectionEndsEarly() {
        assertThat(deliver(ScriptedAnswer.hangUp()).answer()).isEqualTo(Answer.UNANSWERED);
        assertThat(deliver((request, out) -> {
                            String head =
                                    "HTTP/1.1 200 OK\r\nUsagestats-Ack: " + ID + "\r\nContent-Length: 6\r\n\r\nsto";
                            out.write(head.getBytes(StandardCharsets.US_ASCII));
                            out.close();
                        })
                        .answer())
                .isEqualTo(Answer.UNANSWERED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH_9.2\r\n\r\n", "HTTP/1.1 2x0 hm\r\n\r\n", "\u0000\u0001\r\n\r\n"})
    void isUnansweredByWhatIsNoHttp(String noise) {
        Delivery delivery = deliver((request, out) -> {
            out.write(noise.getBytes(StandardCharsets.ISO_8859_1));
            out.close();
        });

        assertThat(delivery.answer()).isEqualTo(Answer.UNANSWERED);
        assertThat(delivery.detail()).matches("[\\x20-\\x7e]{1,200}");
    }

    @Test
    void takesAnAnswerOf64KiBAndNoMore() {
        assertThat(deliver(acknowledged(64 * 1024)).answer()).isEqualTo(Answer.DELIVERED);
        assertThat(deliver(acknowledged(64 * 1024 + 1)))
                .isEqualTo(Delivery.of(
                        Answer.UNANSWERED, "no answer: java.io.IOException: the answer is longer than 65536 bytes"));
    }

    @Test
    void hangsUpOnAnEndlessAnswer() throws InterruptedException {
        CountDownLatch gone = new CountDownLatch(1);

        assertThat(deliver(untilGone(ScriptedAnswer.endless(), gone)).answer()).isEqualTo(Answer.UNANSWERED);
        assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void hangsUpOnADribbledAnswerAtTheLimit() throws InterruptedException {
        CountDownLatch gone = new CountDownLatch(1);
        collector.answerNext(untilGone(ScriptedAnswer.dribbled(), gone));

        assertThat(transport.deliver(REPORT, Duration.ofMillis(300)))
                .isEqualTo(Delivery.of(Answer.UNANSWERED, "no whole answer within 300 ms"));
        assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void hangsUpOnASilentCollectorAtTheLimit() throws Exception {
        collector.answerNext(ScriptedAnswer.never());
        transport.deliver(REPORT, Duration.ofMillis(300));
        collector.answerNext(ScriptedAnswer.stored());

        assertThat(deliver().answer()).isEqualTo(Answer.DELIVERED);
        assertThat(collector.connections()).isEqualTo(2);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void givesUpConnectingLongBeforeTheLimit() throws IOException {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                HttpTransport there = open(URI.create("http://127.0.0.1:" + deaf.getLocalPort()))) {
            List<SocketChannel> inTheWay = fillBacklog(deaf);

            Delivery delivery = there.deliver(REPORT, Duration.ofMinutes(5));

            assertThat(delivery.answer()).isEqualTo(Answer.UNANSWERED);
            assertThat(delivery.detail()).contains("HttpConnectTimeoutException");
            for (SocketChannel channel : inTheWay) {
                channel.close();
            }
        }
    }

    @Test
    void tellsNeitherTheQueryNorTheContent() throws IOException {
        try (HttpTransport there = open(at("/?token=secret"))) {
            collector.answerNext(
                    ScriptedAnswer.of(500, "secret"), ScriptedAnswer.of(302, "secret"), ScriptedAnswer.hangUp());
            for (int i = 0; i < 4; i++) {
                assertThat(there.deliver(REPORT, AMPLE).detail()).doesNotContain("secret", "note", "ä");
            }
        }
    }

    private Delivery deliver(ScriptedAnswer answer) {
        collector.answerNext(answer);
        return deliver();
    }

    private Delivery deliver() {
        return transport.deliver(REPORT, AMPLE);
    }

    private URI at(String pathAndQuery) {
        return URI.create("http://localhost:" + collector.port() + pathAndQuery);
    }

    private static HttpTransport open(URI dropPoint) throws IOException {
        return HttpTransport.open(new TransportConfig(dropPoint, Plaintext.LOOPBACK, Optional.empty()), Map.of());
    }

    private static ScriptedAnswer acknowledged(int length) {
        return ScriptedAnswer.of(200, "x".repeat(length), "Usagestats-Ack: " + ID);
    }

    /** The same answer, which tells when the client hung up. */
    private static ScriptedAnswer untilGone(ScriptedAnswer answer, CountDownLatch gone) {
        return (request, out) -> {
            try {
                answer.answer(request, out);
            } catch (IOException hungUp) {
                gone.countDown();
                throw hungUp;
            }
        };
    }

    /** Leaves no room for another connection. */
    private static List<SocketChannel> fillBacklog(ServerSocket deaf) throws IOException {
        List<SocketChannel> channels = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.connect(deaf.getLocalSocketAddress());
            channels.add(channel);
        }
        return channels;
    }
}
