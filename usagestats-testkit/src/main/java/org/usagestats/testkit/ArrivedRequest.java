package org.usagestats.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request as a {@link LoopbackCollector} received it. Immutable. */
public final class ArrivedRequest {

    private final String[] start;
    private final List<String> headers;
    private final byte[] body;

    private ArrivedRequest(String start, List<String> headers, byte[] body) throws IOException {
        this.start = start.split(" ");
        this.headers = headers;
        this.body = body;
        if (this.start.length != 3) {
            throw new IOException("not the start of a request: " + start);
        }
    }

    /** Reads one request from a stream with marks, or answers null where the client ended the connection instead. */
    static @Nullable ArrivedRequest read(InputStream in) throws IOException {
        in.mark(1);
        if (in.read() < 0) {
            return null;
        }
        in.reset();
        String start = line(in);
        List<String> headers = new ArrayList<>();
        String header = line(in);
        while (!header.isEmpty()) {
            headers.add(header);
            header = line(in);
        }
        int length = Integer.parseInt(find(headers, "Content-Length").orElse("0"));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the client sent " + body.length + " of " + length + " bytes");
        }
        return new ArrivedRequest(start, List.copyOf(headers), body);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int c = in.read();
        while (c != '\n') {
            if (c < 0) {
                throw new EOFException("the client ended the connection after: " + line);
            }
            line.append((char) c);
            c = in.read();
        }
        return line.toString().trim();
    }

    private static Optional<String> find(List<String> headers, String name) {
        String start = name.toLowerCase(Locale.ROOT) + ":";
        return headers.stream()
                .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(start))
                .map(header -> header.substring(start.length()).trim())
                .findFirst();
    }

    /**
     * The method.
     *
     * @return for instance {@code POST}
     */
    public String method() {
        return start[0];
    }

    /**
     * The path with its query, or what else stood in its place.
     *
     * @return the second word of the request line, unchanged
     */
    public String path() {
        return start[1];
    }

    /**
     * The value of a header.
     *
     * @param name its name, in any case
     * @return the first value, or empty
     */
    public Optional<String> header(String name) {
        return find(headers, name);
    }

    /**
     * The headers.
     *
     * @return the header lines as they came
     */
    public List<String> headers() {
        return headers;
    }

    /**
     * The body.
     *
     * @return a copy of the bytes
     */
    public byte[] body() {
        return body.clone();
    }

    /**
     * The body as text.
     *
     * @return the body, read as UTF-8
     */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /**
     * Tells a list of erasures from a report.
     *
     * @return true if it was sent to {@code v1/erasures}, in whatever folder
     */
    public boolean isErasure() {
        return path().endsWith("/v1/erasures");
    }

    /** What a collector acknowledges it by: how many erasures, or the report's id, if it has one. */
    Optional<String> name() {
        return isErasure() ? Optional.of("erasures " + text().lines().count()) : header("Usagestats-Report-Id");
    }

    /** Says whether the client can send another request on the same connection. */
    boolean keepsConnection() {
        return start[2].equals("HTTP/1.1")
                && !header("Connection").orElse("").toLowerCase(Locale.ROOT).contains("close");
    }

    @Override
    public String toString() {
        return method() + " " + path() + "\n" + text();
    }
}
