package org.usagestats.server.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where a request ends. The JDK's parser takes some for plain that a proxy may read otherwise, so that what is a body to the
 * one is a request to the other (RFC 9112, 11.2); after such a request nothing more is read from its connection.
 */
public final class Framing {

    private static final Pattern VERSION = Pattern.compile("HTTP/[0-9](\\.[0-9])?");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,9}");

    private Framing() {}

    /**
     * Reads the length of a body.
     *
     * @throws Refusal if it is not told, or not plainly
     */
    static int length(HttpExchange exchange) throws Refusal {
        Headers headers = exchange.getRequestHeaders();
        if (headers.containsKey("Transfer-Encoding")) {
            throw Refusal.ofRequest(411, "length required", "send Content-Length, and no Transfer-Encoding");
        }
        if (!hasPlainLength(headers)) {
            throw Refusal.ofRequest(400, "invalid content length", "Content-Length holds 1 to 9 digits");
        }
        return Integer.parseInt(headers.getFirst("Content-Length"));
    }

    /**
     * Makes this request the last on its connection unless its end is plain to everybody.
     *
     * @param exchange one that no answer was sent to
     */
    public static void endConnectionUnlessPlain(HttpExchange exchange) {
        Headers headers = exchange.getRequestHeaders();
        boolean bodiless = !headers.containsKey("Content-Length")
                && !exchange.getRequestMethod().equals("POST");
        boolean plain = hasVersion(exchange) && !hasHosts(headers) && !headers.containsKey("Transfer-Encoding");
        if (!plain || !(bodiless || hasPlainLength(headers))) {
            exchange.getResponseHeaders().set("Connection", "close");
        }
    }

    /**
     * Refuses a request with more than one Host (RFC 9112, 3.2), or whose first line does not end as it should (3).
     *
     * @param exchange one that no answer was sent to
     * @throws Refusal if it is such a request
     */
    public static void requirePlain(HttpExchange exchange) throws Refusal {
        if (!hasVersion(exchange)) {
            throw Refusal.ofRequest(400, "invalid request", "the first line ends with the version of HTTP");
        }
        if (hasHosts(exchange.getRequestHeaders())) {
            throw Refusal.ofRequest(400, "invalid request", "there is one Host");
        }
    }

    /** The JDK's parser takes any words for a version, and of them shows the last. */
    private static boolean hasVersion(HttpExchange exchange) {
        return VERSION.matcher(exchange.getProtocol()).matches();
    }

    private static boolean hasHosts(Headers headers) {
        return headers.getOrDefault("Host", List.of()).size() > 1;
    }

    private static boolean hasPlainLength(Headers headers) {
        List<String> lengths = headers.getOrDefault("Content-Length", List.of());
        return lengths.size() == 1 && LENGTH.matcher(lengths.get(0)).matches();
    }
}
