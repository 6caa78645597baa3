package org.usagestats.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.usagestats.query.QueryJson;
import org.usagestats.sink.Query;

/**
 * Names the answer to a question (RFC 9110, section 8.8.3). The tags are weak: the same answer, asked for again, says another
 * time at which it was asked.
 */
final class EntityTag {

    private static final int BYTES = 12;

    private EntityTag() {}

    /**
     * The tag of an answer to a question; empty if the sink does not name what it keeps. An answer says until when it is complete:
     * so its tag lasts for a day at the most, besides what a period says.
     *
     * @param position the name of what is kept
     * @param form what the answer is like, beside what is asked
     */
    static Optional<String> of(Optional<String> position, Query query, String form) {
        LocalDate today = LocalDate.now(query.selection().zone());
        return of(position, form + "\n" + today + "\n" + QueryJson.write(query));
    }

    /** The tag of an answer that depends on nothing but what is kept. */
    static Optional<String> of(Optional<String> position, String answer) {
        return position.map(kept -> "W/\"" + hash(kept + "\n" + Main.version() + "\n" + answer) + '"');
    }

    /** Lets a browser keep an answer, if it asks each time whether it is still the same. */
    static Answer on(Answer answer, Optional<String> tag) {
        return tag.isEmpty()
                ? answer
                : answer.with("ETag", tag.get())
                        .with("Cache-Control", "private, no-cache")
                        .with("Vary", "Accept, Authorization, Cookie, Origin");
    }

    /** Tells the client that the answer is the same as the one it has, if so; false if it must be given another. */
    static boolean suffices(HttpExchange exchange, Optional<String> tag) throws IOException {
        if (tag.isEmpty() || !isKnown(exchange, tag.get())) {
            return false;
        }
        on(Answer.of(304), tag).to(exchange);
        return true;
    }

    /** Tells whether the client has the answer of this tag. */
    static boolean isKnown(HttpExchange exchange, String tag) {
        List<String> headers = exchange.getRequestHeaders().getOrDefault("If-None-Match", List.of());
        return headers.stream()
                .flatMap(header -> Arrays.stream(header.split(",", -1)))
                .map(String::strip)
                .anyMatch(known -> known.equals("*") || opaque(known).equals(opaque(tag)));
    }

    private static String opaque(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java has SHA-256", impossible);
        }
    }
}
