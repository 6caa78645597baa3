package org.usagestats.testkit;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/**
 * A collector on a free port of 127.0.0.1 that remembers every request and answers as the test says.
 *
 * <p>Each request takes the next of the answers given to {@link #answerNext}, and when there is none the one of
 * {@link #answerAlways}, at first {@link ScriptedAnswer#stored()}, be it a report or a list of erasures. Connections are
 * real, stay open between requests as HTTP/1.1 has it, and have a daemon thread each. It reads requests with a
 * {@code Content-Length} only. Thread-safe.
 *
 * <pre>{@code
 * try (LoopbackCollector collector = LoopbackCollector.open()) {
 *     collector.answerNext(ScriptedAnswer.of(503, "busy", "Retry-After: 5"));
 *     … deliver to collector.dropPoint() …
 *     assertThat(collector.received()).hasSize(1);
 * }
 * }</pre>
 */
public final class LoopbackCollector implements AutoCloseable {

    private static final int BACKLOG = 50;

    private final String scheme;
    private final ServerSocket server;
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    /** The thread that accepts connections, then one for each of them. */
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    private final List<ArrivedRequest> received = new CopyOnWriteArrayList<>();
    private final Queue<ScriptedAnswer> next = new ConcurrentLinkedQueue<>();
    private volatile ScriptedAnswer otherwise = ScriptedAnswer.stored();

    private LoopbackCollector(String scheme, ServerSocketFactory sockets) throws IOException {
        this.scheme = scheme;
        this.server = sockets.createServerSocket(0, BACKLOG, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    }

    /**
     * Opens a collector for plain HTTP.
     *
     * @return the collector, which accepts connections
     * @throws IOException if no port is free
     */
    public static LoopbackCollector open() throws IOException {
        return started(new LoopbackCollector("http", ServerSocketFactory.getDefault()));
    }

    /**
     * Opens a collector for HTTPS.
     *
     * @param identity holds its key and certificate
     * @return the collector, which accepts connections
     * @throws IOException if no port is free
     */
    public static LoopbackCollector open(SSLContext identity) throws IOException {
        return started(new LoopbackCollector("https", identity.getServerSocketFactory()));
    }

    private static LoopbackCollector started(LoopbackCollector collector) {
        collector.startThread("accept", collector::accept);
        return collector;
    }

    /**
     * The URL to deliver to.
     *
     * @return for instance {@code http://127.0.0.1:40123/}
     */
    public URI dropPoint() {
        return URI.create(scheme + "://127.0.0.1:" + port() + "/");
    }

    /**
     * The port, for a drop point with another path or host name.
     *
     * @return the number
     */
    public int port() {
        return server.getLocalPort();
    }

    /**
     * Says how the next requests are answered, each answer used once, after those already waiting.
     *
     * @param answers the answers in the order of the requests
     */
    public void answerNext(ScriptedAnswer... answers) {
        next.addAll(List.of(answers));
    }

    /**
     * Says how requests are answered for which {@link #answerNext} holds no answer.
     *
     * @param answer the answer
     */
    public void answerAlways(ScriptedAnswer answer) {
        otherwise = answer;
    }

    /**
     * What arrived so far.
     *
     * @return the requests that came whole, in their order; a copy
     */
    public List<ArrivedRequest> received() {
        return new ArrayList<>(received);
    }

    /**
     * How often somebody connected, whether a request followed or not.
     *
     * @return the number of connections since it was opened
     */
    public int connections() {
        return connections.size();
    }

    /**
     * How many connections are open.
     *
     * @return the number of those that neither the client nor the collector ended
     */
    public int openConnections() {
        return (int) connections.stream()
                .filter(connection -> !connection.isClosed())
                .count();
    }

    /** Refuses connections from now on, ends those that there are, and waits for their threads. */
    @Override
    public void close() throws IOException {
        server.close();
        awaitEnd(threads.get(0));
        for (Socket connection : connections) {
            connection.close();
        }
        for (Thread thread : threads) {
            thread.interrupt();
        }
        for (Thread thread : threads) {
            awaitEnd(thread);
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = server.accept();
                connection.setTcpNoDelay(true);
                connections.add(connection);
                startThread("connection", () -> serve(connection));
            }
        } catch (IOException closed) {
            endedBy(closed);
        }
    }

    private void serve(Socket connection) {
        try (connection;
                InputStream in = new BufferedInputStream(connection.getInputStream());
                OutputStream out = new BufferedOutputStream(connection.getOutputStream())) {
            ArrivedRequest request = ArrivedRequest.read(in);
            while (request != null) {
                received.add(request);
                ScriptedAnswer answer = next.poll();
                (answer == null ? otherwise : answer).answer(request, out);
                if (connection.isClosed() || !request.keepsConnection()) {
                    return;
                }
                out.flush();
                request = ArrivedRequest.read(in);
            }
        } catch (IOException gone) {
            endedBy(gone);
        } catch (InterruptedException closing) {
            endedBy(closing);
        }
    }

    private void endedBy(Exception reason) {
        System.getLogger(LoopbackCollector.class.getName())
                .log(System.Logger.Level.DEBUG, () -> dropPoint() + ": " + reason);
    }

    private void startThread(String role, Runnable work) {
        Thread thread = new Thread(work, "collector-" + port() + "-" + role);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private static void awaitEnd(Thread thread) {
        try {
            thread.join(1000);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
