package org.usagestats.server;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;

/** What a collector answered, read from the socket byte by byte. */
record Reply(int status, Map<String, String> headers, String body) {

    /** Sends a request as it stands, in ISO 8859-1, and reads one answer. */
    static Reply to(InetSocketAddress collector, String request) throws IOException {
        return to(collector, request.getBytes(StandardCharsets.ISO_8859_1));
    }

    static Reply to(InetSocketAddress collector, byte[] request) throws IOException {
        try (Socket socket = connected(collector)) {
            return on(socket, request);
        }
    }

    /** Puts TLS onto a connection; closing it closes both. */
    static Socket encrypted(Socket plain, SSLContext trust) throws IOException {
        return trust.getSocketFactory().createSocket(plain, "localhost", plain.getPort(), true);
    }

    /** Sends a request on a connection and reads its answer; more may follow. */
    static Reply on(Socket socket, byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        return read(socket.getInputStream());
    }

    static Socket connected(InetSocketAddress collector) throws IOException {
        Socket socket = new Socket(collector.getAddress(), collector.getPort());
        socket.setSoTimeout(30_000);
        return socket;
    }

    static Reply read(InputStream in) throws IOException {
        String statusLine = line(in);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        int status = Integer.parseInt(statusLine.split(" ")[1]);
        byte[] body = status == 304 ? new byte[0] : body(in, headers);
        return new Reply(status, headers, new String(body, StandardCharsets.UTF_8));
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
        if ("chunked".equalsIgnoreCase(headers.get("Transfer-Encoding"))) {
            return chunks(in);
        }
        String length = headers.get("Content-Length");
        return length == null ? in.readAllBytes() : exactly(in, Integer.parseInt(length));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        int size = Integer.parseInt(line(in), 16);
        while (size > 0) {
            whole.write(exactly(in, size));
            line(in);
            size = Integer.parseInt(line(in), 16);
        }
        line(in);
        return whole.toByteArray();
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the answer ended after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = in.read();
        while (next != '\n') {
            if (next < 0) {
                throw new EOFException("the answer ended after: " + line);
            }
            line.append((char) next);
            next = in.read();
        }
        return line.toString().strip();
    }
}
