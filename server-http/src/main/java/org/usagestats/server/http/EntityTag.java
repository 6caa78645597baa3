package org.usagestats.server.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Names an answer (RFC 9110, section 8.8.3). The tags are weak: the same answer, asked for again, may say another time at which
 * it was asked.
 */
public final class EntityTag {

    private static final int BYTES = 12;

    private EntityTag() {}

    /**
     * Makes the tag of an answer.
     *
     * @param source all that the answer depends on: as long as that is the same, so is the answer
     * @return the tag
     */
    public static String of(String source) {
        return "W/\"" + hash(source) + '"';
    }

    /**
     * Lets a browser keep an answer, if it asks each time whether it is still the same.
     *
     * @param answer the answer
     * @param tag its tag; nobody keeps an answer that has none
     * @return the answer with the headers that say so
     */
    public static Answer on(Answer answer, Optional<String> tag) {
        return tag.isEmpty()
                ? answer
                : answer.with("ETag", tag.get())
                        .with("Cache-Control", "private, no-cache")
                        .with("Vary", "Accept, Authorization, Cookie, Origin");
    }

    /**
     * Tells the client that the answer is the same as the one it has, if so.
     *
     * @param exchange one that no answer was sent to
     * @param tag the tag of the answer, if it has one
     * @return whether the client was answered; it must be given the answer otherwise
     * @throws IOException if the client cannot be reached
     */
    public static boolean suffices(HttpExchange exchange, Optional<String> tag) throws IOException {
        if (tag.isEmpty() || !isKnown(exchange, tag.get())) {
            return false;
        }
        on(Answer.of(304), tag).to(exchange);
        return true;
    }

    /**
     * Tells whether the client has the answer of a tag.
     *
     * @param exchange its request
     * @param tag the tag
     * @return whether the request names it
     */
    public static boolean isKnown(HttpExchange exchange, String tag) {
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
