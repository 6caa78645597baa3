package org.usagestats.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.usagestats.testkit.Await;

/** What clients that stop in the middle do to others (nothing), and how a collector ends. */
class StopAndStallTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Executor OWN_THREAD = work -> new Thread(work).start();
    private static final String REPORT = "date:12.5\n";

    private final ListSink sink = new ListSink();
    private final List<Socket> sockets = new ArrayList<>();
    private Collector collector;

    @BeforeEach
    void start() throws IOException {
        collector = Collector.builder().sink(sink).start();
    }

    @AfterEach
    void stop() throws IOException {
        collector.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Test
    void clients_that_stall_do_not_stop_others() throws IOException {
        for (int i = 0; i < 50; i++) {
            stall("POST / HT");
            stall("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 524288\r\n\r\ndate:12.5\n");
            stall("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\ndate:12.5\n");
            stall("");
        }
        for (int i = 0; i < 20; i++) {
            assertThat(Reply.to(collector.address(), Requests.pythonRequests(REPORT))
                            .body())
                    .isEqualTo("stored");
        }
        assertThat(sink.reports()).hasSize(20);
    }

    @Test
    void bodies_beyond_the_memory_for_them_are_told_to_come_again() throws Exception {
        byte[] almost = Requests.pythonRequests("/", new byte[524_288]);
        for (int i = 0; i < 140; i++) {
            Socket socket = Reply.connected(collector.address());
            sockets.add(socket);
            socket.getOutputStream().write(almost, 0, almost.length - 1);
        }
        Await.until("a big report is sent away", PATIENCE, () -> {
            Reply reply = Reply.to(collector.address(), Requests.pythonRequests("/", new byte[524_288]));
            return reply.status() == 503 && reply.header("Retry-After").isPresent();
        });
        assertThat(Reply.to(collector.address(), Requests.pythonRequests(REPORT))
                        .body())
                .isEqualTo("stored");
        for (Socket socket : sockets) {
            socket.close();
        }
        Await.until("the memory is free again", PATIENCE, () -> {
            Reply reply = Reply.to(collector.address(), Requests.pythonRequests("/", new byte[524_288]));
            return reply.body().equals("missing date field");
        });
    }

    @Test
    void stopping_finishes_what_has_begun_and_then_closes_the_sink() throws Exception {
        CountDownLatch hold = new CountDownLatch(1);
        sink.hold(hold);
        CompletableFuture<Reply> begun = reply(Requests.pythonRequests(REPORT));
        sink.entered().await();
        CompletableFuture<Void> stopping = CompletableFuture.runAsync(this::closeCollector, OWN_THREAD);

        Await.until("it is not ready", PATIENCE, () -> get("/health/ready").status() == 503);
        assertThat(get("/health/live").status()).isEqualTo(200);
        Reply late = Reply.to(collector.address(), Requests.pythonRequests(REPORT));
        assertThat(late.status()).isEqualTo(503);
        assertThat(late.header("Retry-After")).isPresent();
        assertThat(sink.isClosed()).isFalse();

        hold.countDown();
        assertThat(begun.get(20, TimeUnit.SECONDS).body()).isEqualTo("stored");
        stopping.get(20, TimeUnit.SECONDS);
        assertThat(sink.isClosed()).isTrue();
        assertThat(sink.reports()).hasSize(1);
        assertThatThrownBy(() -> get("/health/live")).isInstanceOf(IOException.class);
    }

    private void stall(String beginning) throws IOException {
        Socket socket = Reply.connected(collector.address());
        sockets.add(socket);
        socket.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
    }

    private CompletableFuture<Reply> reply(byte[] request) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return Reply.to(collector.address(), request);
                    } catch (IOException failed) {
                        throw new AssertionError(failed);
                    }
                },
                OWN_THREAD);
    }

    private void closeCollector() {
        try {
            collector.close();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private Reply get(String target) throws IOException {
        return Reply.to(collector.address(), Requests.get(target));
    }
}
