package org.usagestats.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What a {@link LoopbackCollector} does with a request: the answers that a test needs, good and bad.
 *
 * <p>A test that needs another one writes a lambda.
 */
@FunctionalInterface
public interface ScriptedAnswer {

    /**
     * Answers one request.
     *
     * @param request what arrived
     * @param out the connection; it is flushed afterwards, and closing it ends the connection
     * @throws IOException if the client is gone
     * @throws InterruptedException if the collector closed while the answer waited
     */
    void answer(ArrivedRequest request, OutputStream out) throws IOException, InterruptedException;

    /**
     * The answer of a collector that keeps the report, or erases what it is asked to: 200 and {@code stored}, with
     * {@code Usagestats-Ack} unless the request is a report without an id.
     *
     * @return the answer
     */
    static ScriptedAnswer stored() {
        return (request, out) -> {
            String name = request.name().orElse("");
            ScriptedAnswer answer = name.isEmpty() ? of(200, "stored") : of(200, "stored", "Usagestats-Ack: " + name);
            answer.answer(request, out);
        };
    }

    /**
     * The answer of a collector that never wants this report again: it names it in {@code Usagestats-Reject}.
     *
     * @param status the status, for instance 400
     * @param reason why, on one line
     * @return the answer
     */
    static ScriptedAnswer rejected(int status, String reason) {
        return (request, out) -> {
            String id = request.header("Usagestats-Report-Id").orElseThrow();
            of(status, reason, "Usagestats-Reject: " + id + " " + reason).answer(request, out);
        };
    }

    /**
     * A whole answer.
     *
     * @param status the status
     * @param body the body
     * @param headers header lines, such as {@code Retry-After: 5}, beside {@code Content-Length}
     * @return the answer
     */
    static ScriptedAnswer of(int status, String body, String... headers) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String head = head(status, content.length, headers);
        return (request, out) -> {
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            out.write(content);
        };
    }

    /**
     * The end of the connection in place of an answer.
     *
     * @return the answer
     */
    static ScriptedAnswer hangUp() {
        return (request, out) -> out.close();
    }

    /**
     * Silence: the connection stays open until the client or the collector ends it.
     *
     * @return the answer
     */
    static ScriptedAnswer never() {
        return (request, out) -> new CountDownLatch(1).await();
    }

    /**
     * An acknowledgement whose body does not end, sent as fast as the client takes it.
     *
     * @return the answer
     */
    static ScriptedAnswer endless() {
        return (request, out) -> sendForever(request, out, new byte[8192], 0);
    }

    /**
     * An acknowledgement whose body comes byte by byte, every 10 ms, and does not end.
     *
     * @return the answer
     */
    static ScriptedAnswer dribbled() {
        return (request, out) -> sendForever(request, out, new byte[1], 10);
    }

    /**
     * The same answer, but later.
     *
     * @param released what the collector waits for before it answers
     * @return the answer
     */
    default ScriptedAnswer after(CountDownLatch released) {
        return (request, out) -> {
            released.await();
            answer(request, out);
        };
    }

    private static void sendForever(ArrivedRequest request, OutputStream out, byte[] piece, int pauseMillis)
            throws IOException, InterruptedException {
        String name = request.name().orElse("");
        out.write(head(200, Integer.MAX_VALUE, "Usagestats-Ack: " + name).getBytes(StandardCharsets.ISO_8859_1));
        CountDownLatch pause = new CountDownLatch(1);
        while (!pause.await(pauseMillis, TimeUnit.MILLISECONDS)) {
            out.write(piece);
            out.flush();
        }
    }

    private static String head(int status, int length, String... headers) {
        StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append(" Scripted\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return head.append("Content-Length: ").append(length).append("\r\n\r\n").toString();
    }
}
