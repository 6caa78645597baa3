package org.usagestats.server;

import java.util.Locale;
import java.util.Random;

/**
 * Makes what looks like requests with reports, with all that parsers of HTTP disagree about, but for one thing: all lines of a head
 * end alike. Where CR stands behind an LF that ended a line, the JDK's server sees the end of the head one byte too early.
 */
final class OddRequests {

    private final Random random;
    private final long mark;
    private int reports;

    /**
     * Prepares a connection.
     *
     * @param mark tells its reports from those of others
     */
    OddRequests(Random random, long mark) {
        this.random = random;
        this.mark = mark;
    }

    /** What is sent on one connection, in ISO 8859-1: some requests, of which the last may be cut. */
    String connection() {
        StringBuilder all = new StringBuilder();
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            all.append(oneIn(15, "", "\r\n", "\n", " ", "\0")).append(request());
        }
        return random.nextInt(6) > 0 ? all.toString() : all.substring(0, random.nextInt(all.length()));
    }

    private String request() {
        String end = oneIn(12, "\r\n", "\n", "\r");
        String body = body();
        StringBuilder head = new StringBuilder();
        head.append(oneIn(12, "POST", "post", "Post", "GET", "PUT", "DELETE", "HEAD", "PO\tST", "\u00e9", ""))
                .append(oneIn(25, " ", "\t", "  "))
                .append(target())
                .append(oneIn(25, " ", "\t", "  ", " x "))
                .append(oneIn(15, "HTTP/1.1", "HTTP/1.0", "HTTP/1.2", "HTTP/2.0", "http/1.1", "HTTP/1.1 ", "", "X"))
                .append(end);
        boolean lengthFirst = random.nextBoolean();
        head.append(lengthFirst ? length(body.length(), end) : "");
        head.append(oneIn(10, "Host: localhost", "Host: a", "Host: a\r\nHost: b", "Host:", "X: y", "Host: a b"))
                .append(end);
        for (int left = random.nextInt(12) == 0 ? random.nextInt(300) : random.nextInt(3); left > 0; left--) {
            head.append(header()).append(oneIn(40, end, ""));
        }
        head.append(lengthFirst ? "" : length(body.length(), end));
        return head.append(oneIn(30, end, "")).append(body).toString();
    }

    private String target() {
        return oneIn(
                4,
                "/",
                "/a",
                "/%00",
                "/a%0d%0aX:%20y",
                "/%",
                "/%zz",
                "/../..",
                "//a",
                "http://localhost/",
                "http://b/",
                "http:",
                "*",
                "",
                "/?a=b",
                "/#a",
                "/a b",
                "/\u00ff",
                "/v1/reports",
                "/v1/nothing",
                "localhost:1",
                "/\\",
                "/".repeat(3000),
                "/metrics");
    }

    private String header() {
        return oneIn(
                1,
                "X: y",
                "X:y",
                "X : y",
                ": y",
                "X",
                "X: \u00e9\u00ff",
                "X: a\0b",
                "X: a\r\n b",
                "X: a\r\n\tb",
                "X: a\rb",
                "X\u00e9: y",
                "Expect: 100-continue",
                "Expect: x",
                "Connection: close",
                "Connection: keep-alive",
                "Connection: Content-Length",
                "Upgrade: h2c",
                "Content-Encoding: gzip",
                "X: " + "y".repeat(5000),
                "Usagestats-Report-Id: x",
                "Trailer: Content-Length",
                "X-Content-Length: 3",
                "Content_Length: 3",
                "Content-Length\u0000: 3",
                "\"Content-Length: 3\": 4");
    }

    /** How the length of a body is said, and how it is not. */
    private String length(int length, String end) {
        String right = "Content-Length: " + length;
        String chunked = "Transfer-Encoding: chunked";
        return oneIn(
                        3,
                        right,
                        right + end + right,
                        right + end + "Content-Length: 0",
                        "Content-Length: 0" + end + right,
                        right + ", " + length,
                        "Content-Length: +" + length,
                        "Content-Length: 0" + length,
                        "Content-Length: -" + length,
                        "Content-Length: 0x" + Integer.toHexString(length),
                        "Content-Length:" + length,
                        "Content-Length:\t" + length + " ",
                        "Content-Length : " + length,
                        "Content-Length: " + (length + 1),
                        "Content-Length: " + Math.max(0, length - 5),
                        "Content-Length: 0",
                        "Content-Length: 4294967296",
                        "Content-Length: 9223372036854775808",
                        "Content-Length: " + (length + (1L << 32)),
                        "Content-Length: " + length + "\0",
                        "Content-Length: " + length + ".0",
                        "Content-Length:" + end + " " + length,
                        "Content-Length: 1" + end + " " + length,
                        "X: y" + end + " " + right,
                        right + end + chunked,
                        chunked + end + right,
                        right + end + "Transfer-Encoding : chunked",
                        right + end + "Transfer-Encoding:",
                        right + end + "Transfer-Encoding: identity",
                        right + end + "transfer-encoding:\u000bchunked",
                        chunked,
                        chunked,
                        chunked + end + chunked,
                        "Transfer-Encoding: chunked, identity",
                        "Transfer-Encoding: xchunked",
                        "X: y",
                        right.toLowerCase(Locale.ROOT))
                + end;
    }

    private String body() {
        String report = "date:12.5\nn:" + mark + "." + ++reports + ".......\n";
        String inner = report.replace("12.5", "66.6");
        String smuggled =
                "POST /smuggled HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + inner.length() + "\r\n\r\n" + inner;
        String chunk = Integer.toHexString(report.length());
        String last = "\r\n0\r\n\r\n";
        return oneIn(
                2,
                report,
                report + smuggled,
                report + "0\r\n\r\n" + smuggled + report,
                chunk + "\r\n" + report + last,
                chunk + ";a=b\r\n" + report + last,
                chunk + ";a=\"\r\n" + report + last,
                "+" + chunk + "\r\n" + report + last,
                "-" + chunk + "\r\n" + report + last,
                "0x" + chunk + "\r\n" + report + last,
                "1000000" + chunk + "\r\n" + report + last,
                "fffffffffffffffff\r\n" + report + last,
                chunk + " \r\n" + report + last,
                chunk + "\n" + report + last,
                "\r\n" + report,
                chunk + "\r\n" + report + "x" + last,
                chunk + "\r\n" + report + "\r\n0\r\nContent-Length: 5\r\n\r\n",
                "0\r\n\r\n" + smuggled + report,
                "");
    }

    /** Mostly the first, each of the others as often as each other. */
    private String oneIn(int usually, String first, String... others) {
        int choice = random.nextInt(others.length * (1 + usually));
        return choice < others.length ? others[choice] : first;
    }
}
