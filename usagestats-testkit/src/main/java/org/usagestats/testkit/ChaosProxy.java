package org.usagestats.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The bad network between a program and its collector: a TCP proxy on a free port of 127.0.0.1 that disturbs connections as
 * the test says.
 *
 * <p>Each connection takes the next of the faults given to {@link #next}, and when there is none the one of {@link #always},
 * at first {@link Fault#none()}. A client may bring several reports over one connection, all under the same fault; a limit
 * counts the bytes of them all. It looks into nothing that passes, so TLS goes through it too. Thread-safe.
 *
 * <pre>{@code
 * try (ChaosProxy proxy = ChaosProxy.before(collector.dropPoint())) {
 *     proxy.next(Fault.refused(), Fault.inAnswer(Passage.cutAfter(0)), Fault.inRequest(Passage.dribbled(3)));
 *     … deliver to proxy.dropPoint() until nothing waits …
 *     … the collector has every report once …
 * }
 * }</pre>
 */
public final class ChaosProxy implements AutoCloseable {

    private static final int BACKLOG = 50;
    private static final int LONGEST_END_MILLIS = 1000;

    private final ServerSocket server;
    private final URI collector;
    private final Queue<Fault> next = new ConcurrentLinkedQueue<>();
    private final List<ChaosConnection> connections = new CopyOnWriteArrayList<>();
    /** The thread that accepts connections, then one for each of them. */
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    private volatile Fault otherwise = Fault.none();

    private ChaosProxy(URI collector, ServerSocket server) {
        this.collector = collector;
        this.server = server;
    }

    /**
     * Opens a proxy in front of a collector, which need not run yet; while it does not, connections are reset.
     *
     * @param dropPoint the collector's URL, with a port
     * @return the proxy, which accepts connections
     * @throws IOException if no port is free
     */
    public static ChaosProxy before(URI dropPoint) throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        ChaosProxy proxy = new ChaosProxy(dropPoint, new ServerSocket(0, BACKLOG, loopback));
        proxy.startThread("accept", proxy::accept);
        return proxy;
    }

    /**
     * The URL that leads through the proxy.
     *
     * @return the collector's URL with the host {@code 127.0.0.1} and the proxy's port
     */
    public URI dropPoint() {
        String query = collector.getRawQuery() == null ? "" : "?" + collector.getRawQuery();
        String authority = "://127.0.0.1:" + server.getLocalPort();
        return URI.create(collector.getScheme() + authority + collector.getRawPath() + query);
    }

    /**
     * Says what happens to the next connections, each fault used once, after those already waiting.
     *
     * @param faults the faults in the order of the connections
     */
    public void next(Fault... faults) {
        next.addAll(List.of(faults));
    }

    /**
     * Says what happens to connections for which {@link #next} holds no fault.
     *
     * @param fault the fault
     */
    public void always(Fault fault) {
        otherwise = fault;
    }

    /** Forgets what was said: connections from now on lead to the collector undisturbed. */
    public void calm() {
        next.clear();
        otherwise = Fault.none();
    }

    /**
     * How often somebody connected.
     *
     * @return the number of connections since it was opened, the refused ones too
     */
    public int connections() {
        return connections.size();
    }

    /** Refuses connections from now on and ends those that there are. */
    @Override
    public void close() throws IOException {
        server.close();
        for (Thread thread : threads) {
            connections.forEach(ChaosConnection::close);
            awaitEnd(thread);
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                client.setTcpNoDelay(true);
                Fault fault = next.poll();
                InetSocketAddress address = new InetSocketAddress(collector.getHost(), collector.getPort());
                ChaosConnection connection = new ChaosConnection(client, address, fault == null ? otherwise : fault);
                connections.add(connection);
                startThread("connection", connection::run);
            }
        } catch (IOException closed) {
            System.getLogger(ChaosProxy.class.getName())
                    .log(System.Logger.Level.DEBUG, () -> dropPoint() + ": " + closed);
        }
    }

    private void startThread(String role, Runnable work) {
        Thread thread = new Thread(work, "chaos-" + server.getLocalPort() + "-" + role);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private static void awaitEnd(Thread thread) {
        try {
            thread.join(LONGEST_END_MILLIS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
