package org.usagestats.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The HTTP proxy of a company on a free port of 127.0.0.1: it opens tunnels and forwards requests, leads every host name to
 * one collector, and may ask for a name and a password.
 */
final class CompanyProxy implements AutoCloseable {

    private static final String WHO = "HTTP/1.1 407 Proxy Authentication Required\r\n"
            + "Proxy-Authenticate: Basic realm=\"company\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final int collector;
    private volatile String login = "";

    /** Opens a proxy that lets everybody through to the collector at a port of this machine. */
    CompanyProxy(int collector) throws IOException {
        this.collector = collector;
        start(this::accept);
    }

    /** Lets nobody pass from now on who does not give this name and password, with a colon between. */
    void askFor(String nameAndPassword) {
        login = Base64.getEncoder().encodeToString(nameAndPassword.getBytes(StandardCharsets.UTF_8));
    }

    int port() {
        return server.getLocalPort();
    }

    /** The heads of the requests so far, the first of each connection. */
    List<String> requests() {
        return requests;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = server.accept();
            sockets.add(client);
            start(() -> serve(client));
        }
    }

    private void serve(Socket client) throws IOException {
        try (client) {
            String head = head(client.getInputStream());
            requests.add(head);
            if (!login.isEmpty() && !head.contains("\r\nProxy-Authorization: Basic " + login + "\r\n")) {
                client.getOutputStream().write(WHO.getBytes(StandardCharsets.US_ASCII));
                client.shutdownOutput();
                client.getInputStream().transferTo(OutputStream.nullOutputStream());
            } else {
                lead(client, head);
            }
        }
    }

    private void lead(Socket client, String head) throws IOException {
        try (Socket there = new Socket(InetAddress.getLoopbackAddress(), collector)) {
            sockets.add(there);
            if (head.startsWith("CONNECT ")) {
                client.getOutputStream().write("HTTP/1.1 200 Tunnel\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } else {
                there.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            }
            start(() -> pass(client, there));
            pass(there, client);
        }
    }

    private static void pass(Socket from, Socket to) throws IOException {
        from.getInputStream().transferTo(to.getOutputStream());
        to.shutdownOutput();
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("the client ended the connection after: " + head);
            }
            head.append((char) c);
        }
        return head.toString();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException ended) {
                System.getLogger(CompanyProxy.class.getName()).log(System.Logger.Level.DEBUG, ended::toString);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
