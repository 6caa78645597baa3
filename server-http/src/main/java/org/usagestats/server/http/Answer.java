package org.usagestats.server.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.usagestats.server.records.Escapes;

/**
 * A short answer to a request.
 *
 * @param status of HTTP
 * @param headers what stands in its headers, beside what every answer says
 * @param body a text, sent in UTF-8
 */
public record Answer(int status, Map<String, String> headers, String body) {

    /** When a client that is told to try again may do so. */
    public static final String RETRY_SECONDS = "5";

    /**
     * Makes one of plain text.
     *
     * @param status of HTTP
     * @param body the text
     * @return the answer
     */
    public static Answer text(int status, String body) {
        return new Answer(status, Map.of("Content-Type", "text/plain; charset=utf-8"), body);
    }

    /** Nothing but a status. */
    static Answer of(int status) {
        return new Answer(status, Map.of(), "");
    }

    /**
     * Makes a document.
     *
     * @param mediaType what it is
     * @param body the document
     * @return the answer, with status 200
     */
    public static Answer of(String mediaType, String body) {
        return new Answer(200, Map.of("Content-Type", mediaType), body);
    }

    /**
     * Makes a JSON document.
     *
     * @param body the document
     * @return the answer, with status 200
     */
    public static Answer json(String body) {
        return json(200, body);
    }

    /**
     * Makes a JSON document with a status.
     *
     * @param status of HTTP
     * @param body the document
     * @return the answer
     */
    public static Answer json(int status, String body) {
        return new Answer(status, Map.of("Content-Type", "application/json"), body);
    }

    /**
     * Makes a problem document (RFC 9457) of no type of its own.
     *
     * @param status of HTTP
     * @param detail what is wrong, in words for whoever sent the request
     * @return the answer
     */
    public static Answer problem(int status, String detail) {
        return problem(status, detail, List.of());
    }

    /** One that names each thing that is wrong, if it names any. */
    static Answer problem(int status, String detail, List<Map<String, String>> errors) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "about:blank");
        members.put("title", phrase(status));
        members.put("status", (long) status);
        members.put("detail", detail);
        if (!errors.isEmpty()) {
            members.put("errors", errors);
        }
        return new Answer(status, Map.of("Content-Type", "application/problem+json"), Json.line(members) + "\n");
    }

    /**
     * Adds a header, or gives it another value.
     *
     * @param header its name
     * @param value what it says
     * @return the same answer with it
     */
    public Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, body);
    }

    /**
     * Sends it and ends the exchange; what the client is still sending is read before the end, so that it sees the answer.
     *
     * @param exchange one that no answer was sent to
     * @throws IOException if the client cannot be reached
     */
    public void to(HttpExchange exchange) throws IOException {
        headers.forEach(exchange.getResponseHeaders()::set);
        if (status == 503) {
            exchange.getResponseHeaders().set("Retry-After", RETRY_SECONDS);
        }
        if (status == 401) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
        }
        if (status == 415) {
            exchange.getResponseHeaders().set("Accept-Encoding", "gzip");
        }
        protect(exchange);
        if (exchange.getRequestMethod().equals("HEAD") || status == 304) {
            exchange.sendResponseHeaders(status, -1);
        } else {
            byte[] bytes = Escapes.utf8(body);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.getResponseBody().flush();
            Body.drain(exchange);
        }
        exchange.close();
    }

    /**
     * Keeps browsers from guessing another type, and everyone from keeping a copy, unless the answer says who may.
     *
     * @param exchange one whose answer has all its other headers
     */
    public static void protect(HttpExchange exchange) {
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        if (!exchange.getResponseHeaders().containsKey("Cache-Control")) {
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
        }
    }

    private static String phrase(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 406 -> "Not Acceptable";
            case 409 -> "Conflict";
            case 410 -> "Gone";
            case 411 -> "Length Required";
            case 413 -> "Content Too Large";
            case 414 -> "URI Too Long";
            case 415 -> "Unsupported Media Type";
            case 421 -> "Misdirected Request";
            case 422 -> "Unprocessable Content";
            case 429 -> "Too Many Requests";
            case 501 -> "Not Implemented";
            case 503 -> "Service Unavailable";
            case 507 -> "Insufficient Storage";
            default -> "Internal Server Error";
        };
    }
}
