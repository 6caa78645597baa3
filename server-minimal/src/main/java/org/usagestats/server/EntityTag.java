package org.usagestats.server;

import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.usagestats.query.AnswerFormat;
import org.usagestats.query.QueryJson;
import org.usagestats.sink.Query;

/**
 * Names the answer to a question (RFC 9110, section 8.8.3). The tags are weak: the same answer, asked for again, says another
 * time at which it was asked.
 */
final class EntityTag {

    private static final int BYTES = 12;

    private EntityTag() {}

    /** The tag of an answer, from what is kept and the question; empty if the sink does not name what it keeps. */
    static Optional<String> of(Query query, AnswerFormat format, Optional<String> position) {
        return position.map(kept ->
                "W/\"" + hash(kept + "\n" + format + "\n" + Main.version() + "\n" + QueryJson.write(query)) + '"');
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
