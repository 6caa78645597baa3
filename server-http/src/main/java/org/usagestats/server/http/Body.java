package org.usagestats.server.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * The body of a request in memory, inflated if it was sent with {@code Content-Encoding: gzip}.
 *
 * <p>Memory is taken as the bytes arrive, so a client that announces much and sends little holds little; it is counted
 * beyond the first 16 KiB, so there is always room for a report of usual size. What gzip inflates is taken and counted in
 * the same way, and ends at the cap or at 100 times what was sent, so little bytes cannot become many.
 */
public final class Body implements AutoCloseable {

    /**
     * How many bytes a body may have, before and after it is inflated.
     *
     * @param what what such a body is called
     * @param bytes how many at most
     */
    public record Cap(String what, int bytes) {

        /**
         * Says that there are more.
         *
         * @return the refusal
         */
        public Refusal exceeded() {
            return Refusal.ofReport(413, what + " too big", "at most " + bytes + " bytes");
        }
    }

    private static final int STEP = 16 * 1024;
    private static final int RATIO = 100;
    private static final int ANY_RATIO = 64 * 1024;
    private static final int DRAIN_LIMIT = 16 * 1024 * 1024;
    private static final Duration DRAIN_TIME = Duration.ofSeconds(5);

    private final Semaphore memory;
    private final int sent;
    private byte[] bytes;
    private int taken;

    private Body(Semaphore memory, int sent, int firstStep) {
        this.memory = memory;
        this.sent = sent;
        this.bytes = new byte[firstStep];
    }

    /**
     * Reads the whole body.
     *
     * @param exchange one whose body nobody has read
     * @param cap how big it may be
     * @param memory what big bodies together may still take, in bytes
     * @return the body, inflated
     * @throws Refusal if its length is not told or beyond the cap, its encoding is unknown or broken, or memory is short
     * @throws IOException if the client stops sending
     */
    public static Body read(HttpExchange exchange, Cap cap, Semaphore memory) throws Refusal, IOException {
        boolean compressed = isCompressed(exchange.getRequestHeaders());
        int length = length(exchange, cap);
        Body sent = new Body(memory, length, Math.min(length, STEP));
        try {
            sent.fill(exchange.getRequestBody(), length);
        } catch (Refusal | IOException incomplete) {
            sent.close();
            throw incomplete;
        }
        return compressed ? inflated(sent, cap) : sent;
    }

    /** Takes the place of what was sent. */
    private static Body inflated(Body sent, Cap cap) throws Refusal {
        Body body = new Body(sent.memory, sent.sent, STEP);
        try (sent;
                GzipMember in = GzipMember.of(sent.bytes)) {
            body.inflate(in, cap);
            return body;
        } catch (Refusal incomplete) {
            body.close();
            throw incomplete;
        }
    }

    /**
     * Tells how many bytes the client sent, before they were inflated.
     *
     * @return how many
     */
    public int sent() {
        return sent;
    }

    /**
     * Hands out the body, not a copy of it.
     *
     * @return what was sent, inflated
     */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * Takes memory for what is made out of a big body, until this is closed.
     *
     * @param times how much that is for each byte
     * @throws Refusal if memory is short
     */
    public void reserve(int times) throws Refusal {
        take(times * Math.max(0, bytes.length - STEP));
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

    /** Several encodings, one upon the other, are none that is known. */
    private static boolean isCompressed(Headers headers) throws Refusal {
        String encoding = String.join(",", headers.getOrDefault("Content-Encoding", List.of("identity")));
        if (encoding.equalsIgnoreCase("gzip")) {
            return true;
        }
        if (encoding.equalsIgnoreCase("identity")) {
            return false;
        }
        throw Refusal.ofReport(415, "unknown content encoding", "a report is sent as it is, or once through gzip");
    }

    private static int length(HttpExchange exchange, Cap cap) throws Refusal {
        int bytes = Framing.length(exchange);
        if (bytes > cap.bytes) {
            throw cap.exceeded();
        }
        return bytes;
    }

    /** Inflates no further than one byte beyond what is allowed. */
    private void inflate(GzipMember in, Cap cap) throws Refusal {
        int most = (int) Math.min(cap.bytes, Math.max(ANY_RATIO, (long) RATIO * sent));
        int filled = 0;
        for (int read = 0; read >= 0; read = in.read(bytes, filled, bytes.length - filled)) {
            filled += read;
            if (filled > most) {
                throw most == cap.bytes ? cap.exceeded() : tooDense();
            }
            if (filled == bytes.length) {
                grow(Math.min(most + 1, 2 * filled));
            }
        }
        bytes = Arrays.copyOf(bytes, filled);
    }

    private static Refusal tooDense() {
        return Refusal.ofReport(
                413,
                "compressed too much",
                "beyond " + ANY_RATIO + " bytes gzip may save at most " + (RATIO - 1) + " of " + RATIO + " bytes");
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
        take(length - bytes.length);
        bytes = Arrays.copyOf(bytes, length);
    }

    private void take(int more) throws Refusal {
        if (!memory.tryAcquire(more)) {
            throw Refusal.busy();
        }
        taken += more;
    }
}
