package org.usagestats.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Requests, byte for byte as the clients of this collector and of the original ones send them. */
final class Requests {

    private Requests() {}

    /** As Python's {@code requests} posts bytes: no Content-Type. */
    static byte[] pythonRequests(String path, byte[] body) {
        return post(
                "POST " + path + " HTTP/1.1",
                body,
                "User-Agent: python-requests/2.31.0",
                "Accept-Encoding: gzip, deflate",
                "Accept: */*",
                "Connection: keep-alive");
    }

    static byte[] pythonRequests(String body) {
        return pythonRequests("/", body.getBytes(StandardCharsets.UTF_8));
    }

    /** As espymetrics posts its message: HTTP/1.0, no port, no Content-Type. */
    static byte[] espymetrics(byte[] body) {
        String head = "POST /v1/on_import HTTP/1.0\r\nHost: 127.0.0.1\r\nContent-Length: " + body.length + "\r\n\r\n";
        return concat(head, body);
    }

    static byte[] espymetrics(String body) {
        return espymetrics(body.getBytes(StandardCharsets.UTF_8));
    }

    /** As this project's client posts a report. */
    static byte[] withId(String path, String id, String body) {
        return post(
                "POST " + path + " HTTP/1.1",
                body.getBytes(StandardCharsets.UTF_8),
                "Content-Type: text/plain; charset=utf-8",
                "Usagestats-Report-Id: " + id);
    }

    static byte[] post(String requestLine, byte[] body, String... headers) {
        String head = requestLine + "\r\nHost: localhost:8000\r\n" + String.join("\r\n", headers)
                + (headers.length == 0 ? "" : "\r\n") + "Content-Length: " + body.length + "\r\n\r\n";
        return concat(head, body);
    }

    static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream member = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(member)) {
            out.write(bytes);
        }
        return member.toByteArray();
    }

    static String get(String target, String... headers) {
        return "GET " + target + " HTTP/1.1\r\nHost: localhost:8000\r\n" + String.join("\r\n", headers)
                + (headers.length == 0 ? "" : "\r\n") + "\r\n";
    }

    private static byte[] concat(String head, byte[] body) {
        byte[] start = head.getBytes(StandardCharsets.ISO_8859_1);
        byte[] whole = new byte[start.length + body.length];
        System.arraycopy(start, 0, whole, 0, start.length);
        System.arraycopy(body, 0, whole, start.length, body.length);
        return whole;
    }
}
