package org.usagestats.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;

/**
 * The body of a request in memory.
 *
 * <p>Memory is taken as the bytes arrive, so a client that announces much and sends little holds little; it is counted
 * beyond the first 16 KiB, so there is always room for a report of usual size.
 */
final class Body implements AutoCloseable {

    /** The most bytes a report may have. */
    static final int LIMIT = 524_288;

    private static final int STEP = 16 * 1024;
    private static final int DRAIN_LIMIT = 8 * LIMIT;
    private static final Duration DRAIN_TIME = Duration.ofSeconds(5);
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,9}");

    private final Semaphore memory;
    private byte[] bytes;
    private int taken;

    private Body(Semaphore memory, int firstStep) {
        this.memory = memory;
        this.bytes = new byte[firstStep];
    }

    /**
     * Reads the whole body.
     *
     * @param memory what big bodies together may still take, in bytes
     * @throws Refusal if its length is not told or too big, or memory is short
     * @throws IOException if the client stops sending
     */
    static Body read(HttpExchange exchange, Semaphore memory) throws Refusal, IOException {
        int length = length(exchange);
        Body body = new Body(memory, Math.min(length, STEP));
        try {
            body.fill(exchange.getRequestBody(), length);
            return body;
        } catch (Refusal | IOException incomplete) {
            body.close();
            throw incomplete;
        }
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public void close() {
        memory.release(taken);
        taken = 0;
    }

    /**
     * Reads and forgets what the client is still sending, within limits of size and time. (Not by {@code skip}, which on
     * Java 17 skips what follows the body, too.)
     */
    static void drain(HttpExchange exchange) throws IOException {
        InputStream in = exchange.getRequestBody();
        if (in.read() < 0) {
            return;
        }
        long end = System.nanoTime() + DRAIN_TIME.toNanos();
        byte[] forgotten = new byte[STEP];
        int left = DRAIN_LIMIT;
        int read = 0;
        while (read >= 0 && left > 0 && System.nanoTime() - end < 0) {
            read = in.read(forgotten);
            left -= read;
        }
    }

    private static int length(HttpExchange exchange) throws Refusal {
        String length = exchange.getRequestHeaders().getFirst("Content-Length");
        if (length == null || !LENGTH.matcher(length).matches()) {
            throw Refusal.ofRequest(400, "invalid content length", "Content-Length holds 1 to 9 digits");
        }
        int bytes = Integer.parseInt(length);
        if (bytes > LIMIT) {
            throw Refusal.ofReport(413, "report too big", "at most " + LIMIT + " bytes");
        }
        return bytes;
    }

    private void fill(InputStream in, int length) throws Refusal, IOException {
        int filled = 0;
        while (filled < length) {
            if (filled == bytes.length) {
                grow(Math.min(length, 2 * bytes.length));
            }
            int read = in.read(bytes, filled, bytes.length - filled);
            if (read < 0) {
                throw new EOFException("the body ended after " + filled + " of " + length + " bytes");
            }
            filled += read;
        }
    }

    private void grow(int length) throws Refusal {
        int more = length - bytes.length;
        if (!memory.tryAcquire(more)) {
            throw Refusal.ofRequest(503, "busy", "try again soon");
        }
        taken += more;
        bytes = Arrays.copyOf(bytes, length);
    }
}
