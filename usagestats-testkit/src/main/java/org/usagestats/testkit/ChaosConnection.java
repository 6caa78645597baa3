package org.usagestats.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One connection through a {@link ChaosProxy}, in two threads: one brings requests, the other answers. */
final class ChaosConnection {

    private static final Duration TICK = Duration.ofMillis(10);
    private static final int AS_MANY_AS_COME = 8192;

    private final Socket client;
    private final Socket collector = new Socket();
    private final InetSocketAddress address;
    private final Fault fault;
    private final CountDownLatch closing = new CountDownLatch(1);

    /** What the client sent since the collector last answered, to be sent again. */
    private final ByteArrayOutputStream request = new ByteArrayOutputStream();

    ChaosConnection(Socket client, InetSocketAddress address, Fault fault) {
        this.client = client;
        this.address = address;
        this.fault = fault;
    }

    /** Does to the connection what its fault says, until it ends. */
    void run() {
        try {
            switch (fault.treatment()) {
                case REFUSED -> reset();
                case IGNORED -> closing.await();
                case FORWARDED, DUPLICATED -> forward();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    /** Ends it, from any thread. */
    void close() {
        closing.countDown();
        close(client);
        close(collector);
    }

    private void forward() throws InterruptedException {
        try {
            collector.connect(address);
            collector.setTcpNoDelay(true);
        } catch (IOException unreachable) {
            reset();
            return;
        }
        Thread requests = new Thread(this::bringRequests, Thread.currentThread().getName() + "-requests");
        requests.setDaemon(true);
        requests.start();
        bringAnswers();
        requests.join();
    }

    private void bringRequests() {
        try {
            pass(client.getInputStream(), collector, fault.request());
        } catch (IOException ended) {
            close();
        }
    }

    private void bringAnswers() {
        try {
            pass(collector.getInputStream(), client, fault.answer());
        } catch (IOException ended) {
            close();
        }
    }

    private void pass(InputStream in, Socket to, Passage passage) throws IOException {
        byte[] piece = new byte[passage.pace() == 0 ? AS_MANY_AS_COME : passage.pace()];
        OutputStream out = to.getOutputStream();
        long left = passage.limit();
        Duration hold = passage.delay();
        for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
            pause(hold);
            if (to.equals(collector)) {
                keep(piece, length);
            } else {
                sendAgain();
            }
            int passing = (int) Math.min(length, left);
            out.write(piece, 0, passing);
            left -= passing;
            if (passing < length) {
                end(passage.end());
            }
            hold = passage.pace() == 0 ? Duration.ZERO : TICK;
        }
        if (left > 0 || passage.end() != Passage.End.SWALLOWED) {
            to.shutdownOutput();
        }
    }

    private void end(Passage.End end) throws IOException {
        switch (end) {
            case CLOSED -> close();
            case RESET -> reset();
            case SWALLOWED -> {}
        }
    }

    private void keep(byte[] piece, int length) {
        if (fault.treatment() == Fault.Treatment.DUPLICATED) {
            synchronized (request) {
                request.write(piece, 0, length);
            }
        }
    }

    /** Sends the request once more that the collector begins to answer, for then it is whole. */
    private void sendAgain() throws IOException {
        byte[] whole;
        synchronized (request) {
            whole = request.toByteArray();
            request.reset();
        }
        if (whole.length == 0) {
            return;
        }
        try (Socket another = new Socket(address.getAddress(), address.getPort())) {
            another.getOutputStream().write(whole);
            if (another.getInputStream().read() < 0) {
                throw new IOException("the collector did not answer the second time");
            }
        }
    }

    private void reset() {
        closing.countDown();
        for (Socket socket : new Socket[] {client, collector}) {
            try {
                socket.setSoLinger(true, 0);
            } catch (IOException closed) {
                log(closed);
            }
            close(socket);
        }
    }

    private void pause(Duration time) throws IOException {
        try {
            if (!time.isZero() && closing.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("closed");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    private void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException broken) {
            log(broken);
        }
    }

    private void log(IOException failure) {
        System.getLogger(ChaosProxy.class.getName()).log(System.Logger.Level.DEBUG, () -> fault + ": " + failure);
    }
}
