package org.usagestats.server;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells by the letter of RFC 9112 where requests end. What it leaves to a server is let pass: lines that end with a line feed
 * alone and empty lines before a request (2.2), folded lines (5.2), and NUL, or CR alone, in place of a blank (2.2, and RFC 9110,
 * 5.5). So is a first line with line feeds in it, which the JDK's server takes for one and shows to nobody. After the first
 * request that is not as it should be, or whose body comes in chunks, nothing is a request for sure.
 */
final class FramedReports {

    /** What becomes of lines that RFC 9112 has refused. */
    enum Reading {
        /** They are the end of what is sure. */
        BY_THE_LETTER,
        /**
         * A line without a colon says nothing, and in another one all before the colon is a name, without the blanks around
         * it; folded lines are joined without a blank; blanks around a request's first line are passed over. Where a request
         * ends is as sure as before to whoever reads so, but a proxy may read otherwise.
         */
        LENIENT
    }

    /** Whatever the words are: none of them moves the end of the request. */
    private static final Pattern REQUEST = Pattern.compile("[^ ]* [^ ]* (.* )?(?i:HTTP)/[0-9]\\.[0-9]");

    /** What the JDK's parser takes for the first line: all up to CR and LF. */
    private static final Pattern LONG_REQUEST = Pattern.compile("(?s)[^ ]* [^ ]* (.* )?(?i:HTTP)/[0-9]\\.[0-9]");

    private static final Pattern HEADER =
            Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t\\x00]*([^\\r\\n]*?)[ \\t\\x00]*");

    private static final Pattern LENIENT_HEADER =
            Pattern.compile("[ \\t]*([^:]*?)[ \\t]*(?:|:[ \\t\\x00]*(.*?)[ \\t\\x00]*)");

    private final String sent;
    private final Reading reading;
    private final Pattern first;
    private final List<String> bodies = new ArrayList<>();
    private int at;

    private FramedReports(String sent, Reading reading, Pattern first) {
        this.sent = sent;
        this.reading = reading;
        this.first = first;
    }

    /** The bodies of requests with {@code POST} that are whole. */
    static Set<String> in(String sent, Reading reading) {
        Set<String> bodies = new HashSet<>(new FramedReports(sent, reading, REQUEST).bodies());
        bodies.addAll(new FramedReports(sent, reading, LONG_REQUEST).bodies());
        return bodies;
    }

    private List<String> bodies() {
        while (request()) {
            // The next one begins where this one ended.
        }
        return bodies;
    }

    private boolean request() {
        while (sent.startsWith("\n", at) || sent.startsWith("\r\n", at)) {
            line();
        }
        String line = first == REQUEST ? line() : longLine();
        if (reading == Reading.LENIENT) {
            line = line.strip();
        }
        List<String> lengths = new ArrayList<>();
        if (!first.matcher(line).matches() || !headers(lengths)) {
            return false;
        }
        int length = lengths.isEmpty() ? 0 : length(lengths);
        if (length < 0 || length > sent.length() - at) {
            return false;
        }
        if (line.startsWith("POST ")) {
            bodies.add(sent.substring(at, at + length));
        }
        at += length;
        return true;
    }

    /** Goes over the headers; false if they are not as they should be, or if the body comes in chunks. */
    private boolean headers(List<String> lengths) {
        List<String> lines = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            if (line.equals("\r")) {
                return false;
            }
            if (line.startsWith(" ") || line.startsWith("\t")) {
                if (lines.isEmpty()) {
                    return false;
                }
                line = lines.remove(lines.size() - 1) + (reading == Reading.LENIENT ? "" : " ") + line.strip();
            }
            lines.add(line);
        }
        for (String line : lines) {
            Matcher header = (reading == Reading.LENIENT ? LENIENT_HEADER : HEADER).matcher(line);
            if (!header.matches() || header.group(1).equalsIgnoreCase("Transfer-Encoding")) {
                return false;
            }
            if (header.group(1).equalsIgnoreCase("Content-Length") && header.group(2) != null) {
                lengths.add(header.group(2));
            }
        }
        return true;
    }

    private static int length(List<String> said) {
        return said.size() == 1 && said.get(0).matches("0*[0-9]{1,8}") ? Integer.parseInt(said.get(0)) : -1;
    }

    /** The next line; a carriage return if it does not end. */
    private String line() {
        int end = sent.indexOf('\n', at);
        if (end < 0) {
            at = sent.length();
            return "\r";
        }
        String line = sent.substring(at, end > at && sent.charAt(end - 1) == '\r' ? end - 1 : end);
        at = end + 1;
        return line.replace('\r', ' ');
    }

    private String longLine() {
        int end = sent.indexOf("\r\n", at);
        String line = end < 0 ? "" : sent.substring(at, end);
        at = end < 0 ? sent.length() : end + 2;
        return line;
    }
}
