package org.usagestats.server.access;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a request tells of who sent it; what it tells twice, it does not tell. */
final class Caller {

    private static final Pattern HOST =
            Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(:[0-9]{1,5})?");
    private static final Pattern LOCAL = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[(::|(0:){7})1]");

    /** As RFC 6750 writes it; credentials of another scheme are meant for a proxy. */
    private static final Pattern BEARER = Pattern.compile("(?i)bearer +(\\S+)");

    private static final String KEY = "key=";

    private final HttpExchange exchange;
    private final Headers headers;

    Caller(HttpExchange exchange) {
        this.exchange = exchange;
        this.headers = exchange.getRequestHeaders();
    }

    /** The token in the header {@code Authorization}. */
    Optional<String> token() {
        Matcher bearer = BEARER.matcher(only("Authorization").orElse("").strip());
        return bearer.matches() ? Optional.of(bearer.group(1)) : Optional.empty();
    }

    /** The token that a secret link left with the browser; others than our own cookie are none of our business. */
    Optional<String> cookie() {
        return headers.getOrDefault("Cookie", List.of()).stream()
                .flatMap(line -> Stream.of(line.split(";")))
                .map(String::strip)
                .filter(cookie -> cookie.startsWith(SecretLink.COOKIE + "="))
                .map(cookie -> cookie.substring(SecretLink.COOKIE.length() + 1))
                .findFirst();
    }

    /** The key in the address, for those who can set no header. */
    Optional<String> key() {
        String query = exchange.getRequestURI().getRawQuery();
        for (String parameter : query == null ? new String[0] : query.split("&", -1)) {
            if (parameter.startsWith(KEY)) {
                return Optional.of(parameter.substring(KEY.length()));
            }
        }
        return Optional.empty();
    }

    /** The name by which it calls the collector, in lower case and without a port. */
    Optional<String> host() {
        return only("Host").flatMap(Caller::hostOf);
    }

    /** The web page that sends it; one that is told twice is none that could be listed. */
    Optional<String> origin() {
        return headers.containsKey("Origin") ? only("Origin").or(() -> Optional.of("")) : Optional.empty();
    }

    /**
     * Whether it was sent on this machine, to this machine's own name, past no proxy. (The peer's address alone says little:
     * to a collector behind a proxy everyone is local, and a web page can point a name of its own at the loopback address.)
     */
    boolean isThisMachine() {
        return exchange.getRemoteAddress().getAddress().isLoopbackAddress()
                && host().filter(Caller::isLocal).isPresent()
                && headers.keySet().stream().noneMatch(Caller::tellsOfProxy);
    }

    /** Reads a name and an optional port, as they stand in the header {@code Host}. */
    static Optional<String> hostOf(String nameAndPort) {
        Matcher host = HOST.matcher(nameAndPort);
        return host.matches() ? Optional.of(host.group(1).toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    static boolean isLocal(String host) {
        return LOCAL.matcher(host).matches();
    }

    private Optional<String> only(String header) {
        List<String> given = headers.getOrDefault(header, List.of());
        return given.size() == 1 ? Optional.of(given.get(0)) : Optional.empty();
    }

    private static boolean tellsOfProxy(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return name.equals("forwarded") || name.startsWith("x-forwarded-") || name.equals("via");
    }
}
