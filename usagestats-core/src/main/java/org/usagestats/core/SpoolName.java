package org.usagestats.core;

import java.util.UUID;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The name of a report's file, {@code report_<13-digit ms>_<uuid>_<crc32>.txt}: when it was submitted, its id, and the
 * checksum of its content. Sorted as text, names are in the order of submission.
 */
final class SpoolName {

    static final String PREFIX = "report_";
    static final String SUFFIX = ".txt";

    private static final int DATE = PREFIX.length();
    private static final int ID = DATE + 13 + 1;
    private static final int CHECKSUM = ID + 36 + 1;
    private static final int LENGTH = CHECKSUM + 8 + SUFFIX.length();

    private final String text;
    private final long millis;

    private SpoolName(String text, long millis) {
        this.text = text;
        this.millis = millis;
    }

    static SpoolName of(long millis, String id, byte[] content) {
        StringBuilder text = new StringBuilder(LENGTH).append(PREFIX);
        appendPadded(text, Long.toString(millis), 13).append('_').append(id).append('_');
        appendPadded(text, checksum(content), 8).append(SUFFIX);
        return new SpoolName(text.toString(), millis);
    }

    /** Reads a file's name, or returns null if it is not the name of a report of ours. */
    static @Nullable SpoolName parse(String text) {
        if (text.length() != LENGTH
                || !text.startsWith(PREFIX)
                || !text.endsWith(SUFFIX)
                || text.charAt(ID - 1) != '_'
                || text.charAt(CHECKSUM - 1) != '_') {
            return null;
        }
        if (!Ids.isId(text.substring(ID, CHECKSUM - 1))) {
            return null;
        }
        try {
            long millis = Long.parseLong(text.substring(DATE, ID - 1));
            return millis >= 0 ? new SpoolName(text, millis) : null;
        } catch (NumberFormatException foreign) {
            return null;
        }
    }

    long millis() {
        return millis;
    }

    UUID id() {
        return UUID.fromString(text.substring(ID, CHECKSUM - 1));
    }

    /** Tells whether the content is what was written under this name. */
    boolean fits(byte[] content) {
        StringBuilder expected = appendPadded(new StringBuilder(8), checksum(content), 8);
        return text.startsWith(expected.toString(), CHECKSUM);
    }

    @Override
    public String toString() {
        return text;
    }

    private static String checksum(byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content, 0, content.length);
        return Long.toHexString(crc.getValue());
    }

    private static StringBuilder appendPadded(StringBuilder text, String digits, int width) {
        for (int i = digits.length(); i < width; i++) {
            text.append('0');
        }
        return text.append(digits);
    }
}
