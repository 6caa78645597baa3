package org.usagestats.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server of this machine that answers every request with 200, as fast as it can, and counts them; beside it one that takes
 * connections and never answers.
 */
final class LocalServer implements AutoCloseable {

    private static final byte[] ANSWER = "{}".getBytes(StandardCharsets.UTF_8);
    private static final int BACKLOG = 1000;

    private final HttpServer server;
    private final ServerSocket silent;
    private final Path receipt;
    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicInteger received = new AtomicInteger();
    private final Semaphore gate = new Semaphore(Integer.MAX_VALUE);

    /**
     * Starts the server.
     *
     * @param receipt a file that is made when a request was answered
     */
    LocalServer(Path receipt) throws IOException {
        // Without it, JDK 17's server answers after 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        this.receipt = receipt;
        this.silent = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newCachedThreadPool(LocalServer::daemon));
        server.start();
    }

    /** The URL of the server that answers. */
    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The URL of the server that takes connections, by its backlog, and never answers. */
    String silentUrl() {
        return "http://127.0.0.1:" + silent.getLocalPort();
    }

    /** A URL where nobody listens. */
    static String deadUrl() throws IOException {
        return "http://127.0.0.1:" + FreePort.find();
    }

    /** Removes the receipt of what was received before. */
    void forget() throws IOException {
        Files.deleteIfExists(receipt);
    }

    Path receipt() {
        return receipt;
    }

    /** How many requests were answered so far. */
    int received() {
        return received.get();
    }

    /** Holds all answers back until they are {@link #release}d. */
    void hold() {
        gate.drainPermits();
    }

    /** Waits until somebody waits for an answer that is held back. */
    void awaitArrival() throws InterruptedException {
        while (arrived.get() == received.get()) {
            Thread.sleep(1);
        }
    }

    void release() {
        gate.release(Integer.MAX_VALUE);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            arrived.incrementAndGet();
            gate.acquireUninterruptibly();
            gate.release();
            String id = exchange.getRequestHeaders().getFirst("Usagestats-Report-Id");
            if (id != null) {
                exchange.getResponseHeaders().set("Usagestats-Ack", id);
            }
            received.incrementAndGet();
            exchange.sendResponseHeaders(200, ANSWER.length);
            exchange.getResponseBody().write(ANSWER);
        }
        Files.write(receipt, ANSWER);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "local-server");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() throws IOException {
        server.stop(0);
        silent.close();
    }
}
