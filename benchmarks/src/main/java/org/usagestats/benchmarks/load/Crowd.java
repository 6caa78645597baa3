package org.usagestats.benchmarks.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Connections that are no use to a server: 100 that send a request a byte at a time and never finish, and 400 that say
 * nothing. Those that the server closes come again.
 */
final class Crowd {

    private static final int SLOW = 100;
    private static final int IDLE = 400;
    private static final long STEP_MILLIS = 250;
    private static final String HEAD = "GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ";

    private final InetSocketAddress server;
    private final List<SocketChannel> slow = new ArrayList<>();
    private final List<SocketChannel> idle = new ArrayList<>();
    private final ByteBuffer answer = ByteBuffer.allocate(1 << 12);
    private final Thread thread = new Thread(this::run, "crowd");
    private volatile boolean leaving;

    private Crowd(int port) throws IOException {
        server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        while (slow.size() < SLOW) {
            slow.add(connect(HEAD));
        }
        while (idle.size() < IDLE) {
            idle.add(connect(""));
        }
    }

    /** Lets them come, and waits until all are there. */
    static Crowd at(int port) throws IOException {
        Crowd crowd = new Crowd(port);
        crowd.thread.setDaemon(true);
        crowd.thread.start();
        return crowd;
    }

    private SocketChannel connect(String words) throws IOException {
        SocketChannel client = SocketChannel.open(server);
        client.configureBlocking(false);
        client.write(ByteBuffer.wrap(words.getBytes(StandardCharsets.US_ASCII)));
        return client;
    }

    private void run() {
        try {
            while (!leaving) {
                slow.replaceAll(client -> stays(client, "x") ? client : again(client, HEAD));
                idle.replaceAll(client -> stays(client, "") ? client : again(client, ""));
                Thread.sleep(STEP_MILLIS);
            }
        } catch (InterruptedException sentAway) {
            leaving = true;
        }
    }

    private boolean stays(SocketChannel client, String word) {
        try {
            client.write(ByteBuffer.wrap(word.getBytes(StandardCharsets.US_ASCII)));
            return client.read(answer.clear()) >= 0;
        } catch (IOException closed) {
            return false;
        }
    }

    private SocketChannel again(SocketChannel client, String words) {
        try {
            client.close();
            return connect(words);
        } catch (IOException refused) {
            return client;
        }
    }

    /** Sends them all away. */
    void leave() throws IOException, InterruptedException {
        leaving = true;
        thread.join();
        for (SocketChannel client : slow) {
            client.close();
        }
        for (SocketChannel client : idle) {
            client.close();
        }
    }
}
