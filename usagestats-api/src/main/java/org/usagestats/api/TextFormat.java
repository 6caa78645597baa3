package org.usagestats.api;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The format of reports on disk and on the wire, and of the client's own small files: one {@code key:value} a line, UTF-8,
 * each line ended by a line feed.
 *
 * <p>A line is split at its first colon, so a value may hold colons and a key may not. It is the format of the Python
 * library <i>usagestats</i>, whose clients and collectors it serves unchanged.
 */
public final class TextFormat {

    private TextFormat() {}

    /**
     * Writes notes as text.
     *
     * @param notes the notes; line breaks in a value become spaces
     * @return the lines, in the order of the notes
     * @throws IllegalArgumentException if a key has a colon or a line break
     */
    public static byte[] encode(List<Note> notes) {
        StringBuilder text = new StringBuilder(64 * notes.size());
        for (int i = 0; i < notes.size(); i++) {
            Note note = notes.get(i);
            text.append(checkedKey(note.key())).append(':').append(onOneLine(note.value()));
            text.append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads notes from text and refuses nothing: a line without a colon is a key with an empty value, an empty line is
     * passed over, a byte sequence that is not UTF-8 becomes U+FFFD.
     *
     * @param text the lines; the last one need not be ended
     * @return the notes in the order of the lines
     */
    public static List<Note> decode(byte[] text) {
        String lines = new String(text, StandardCharsets.UTF_8);
        List<Note> notes = new ArrayList<>();
        int start = 0;
        while (start < lines.length()) {
            int end = lines.indexOf('\n', start);
            if (end < 0) {
                end = lines.length();
            }
            if (end > start) {
                notes.add(split(lines.substring(start, end)));
            }
            start = end + 1;
        }
        return notes;
    }

    /**
     * Writes a number of milliseconds as the format writes times: seconds with three decimals.
     *
     * @param millis milliseconds, not negative; as a date, since the Unix epoch
     * @return for instance {@code 1.005} for 1005
     */
    public static String seconds(long millis) {
        StringBuilder text = new StringBuilder(16).append(millis / 1000).append('.');
        int fraction = (int) (millis % 1000);
        return text.append((char) ('0' + fraction / 100))
                .append((char) ('0' + fraction / 10 % 10))
                .append((char) ('0' + fraction % 10))
                .toString();
    }

    private static Note split(String line) {
        int colon = line.indexOf(':');
        return colon < 0 ? new Note(line, "") : new Note(line.substring(0, colon), line.substring(colon + 1));
    }

    private static String checkedKey(String key) {
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c == ':' || c == '\n' || c == '\r') {
                throw new IllegalArgumentException("a key holds no colon and no line break: " + key);
            }
        }
        return key;
    }

    private static String onOneLine(String value) {
        return isOneLine(value)
                ? value
                : value.replace("\r\n", " ").replace('\r', ' ').replace('\n', ' ');
    }

    /** Asked of each text before it is copied as a whole: the JVM does both many characters at a time. */
    private static boolean isOneLine(String text) {
        return text.indexOf('\n') < 0 && text.indexOf('\r') < 0;
    }
}
