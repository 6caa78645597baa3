package org.usagestats.sink.jsonl;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.usagestats.sink.ServerField;

/** The form of a line: a canonical JSON object whose last member is the checksum of all before it. */
final class Line {

    /** The longest line that is written or read, its line feed included. */
    static final int MAX_BYTES = 8 << 20;

    private static final byte[] MEMBER = (",\"" + ServerField.CHECKSUM + "\":\"").getBytes(StandardCharsets.US_ASCII);
    private static final int DIGITS = 8;

    /** The bytes from the checksum's comma to the closing brace. */
    static final int TAIL = MEMBER.length + DIGITS + 2;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /** What a look at the checksum tells. */
    enum Check {
        /** The bytes are those that were written. */
        HOLDS,
        /** They are not. */
        FAILS,
        /** The line has no checksum. */
        MISSING
    }

    private Line() {}

    /**
     * Makes the line of a report.
     *
     * @param json a JSON object with at least one member
     * @return the line with its line feed
     */
    static byte[] of(byte[] json) {
        int covered = json.length - 1;
        byte[] line = Arrays.copyOf(json, covered + TAIL + 1);
        int at = covered;
        System.arraycopy(MEMBER, 0, line, at, MEMBER.length);
        at += MEMBER.length;
        int checksum = checksum(json, 0, covered);
        for (int i = 0; i < DIGITS; i++) {
            line[at++] = digit(checksum, i);
        }
        line[at++] = '"';
        line[at++] = '}';
        line[at] = '\n';
        return line;
    }

    /**
     * Looks at the checksum of a line.
     *
     * @param bytes where the line stands
     * @param from its first byte
     * @param to the end of it, where its line feed stands
     */
    static Check check(byte[] bytes, int from, int to) {
        int covered = to - TAIL;
        int digits = covered + MEMBER.length;
        if (covered <= from || !Arrays.equals(bytes, covered, digits, MEMBER, 0, MEMBER.length)) {
            return Check.MISSING;
        }
        int checksum = checksum(bytes, from, covered - from);
        for (int i = 0; i < DIGITS; i++) {
            if (bytes[digits + i] != digit(checksum, i)) {
                return Check.FAILS;
            }
        }
        return bytes[to - 2] == '"' && bytes[to - 1] == '}' ? Check.HOLDS : Check.FAILS;
    }

    /**
     * Turns a line whose checksum holds back into the JSON object, where it stands.
     *
     * @return the end of the object
     */
    static int unseal(byte[] bytes, int to) {
        int end = to - TAIL;
        bytes[end] = '}';
        return end + 1;
    }

    private static byte digit(int checksum, int index) {
        return HEX[(checksum >>> (28 - 4 * index)) & 15];
    }

    private static int checksum(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
