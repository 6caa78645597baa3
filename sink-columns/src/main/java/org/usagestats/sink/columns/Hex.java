package org.usagestats.sink.columns;

import java.nio.charset.StandardCharsets;
import org.usagestats.sink.kit.Words;

/** Reads and writes UUIDs in the form of RFC 9562, section 4, in lower case. */
final class Hex {

    /** How long a UUID is in that form. */
    static final int LENGTH = 36;

    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final long FOUR_BYTES = 0xffffffffL;
    private static final long LOW_HALVES = 0x0f0f0f0f0f0f0f0fL;

    private Hex() {}

    /** Tells whether a text is a UUID as it is written here. */
    static boolean isUuid(byte[] text, int from, int to) {
        return to - from == LENGTH
                && text[from + 8] == '-'
                && text[from + 13] == '-'
                && text[from + 18] == '-'
                && text[from + 23] == '-'
                && areDigits(Words.at(text, from))
                && areDigits(groups(text, from + 9))
                && areDigits(groups(text, from + 19))
                && areDigits(Words.at(text, from + 28));
    }

    /** The first half of a UUID. */
    static long upper(byte[] text, int from) {
        return number(Words.at(text, from)) << 32 | number(groups(text, from + 9));
    }

    /** The second half of a UUID. */
    static long lower(byte[] text, int from) {
        return number(groups(text, from + 19)) << 32 | number(Words.at(text, from + 28));
    }

    /** Four digits and, after a dash, four more. */
    private static long groups(byte[] text, int from) {
        return (Words.at(text, from) & FOUR_BYTES) | Words.at(text, from + 5) << 32;
    }

    private static long letters(long eight) {
        return (eight >>> 6) & Words.ONES;
    }

    /** What each byte is worth if it is a digit. */
    private static long worth(long eight) {
        return (eight & LOW_HALVES) + 9 * letters(eight);
    }

    private static boolean areDigits(long eight) {
        long worth = worth(eight);
        long letters = letters(eight);
        boolean small = (worth & ~LOW_HALVES) == 0;
        boolean lettersFromTen = ((worth + 6 * Words.ONES) >>> 4 & Words.ONES) == letters;
        return small && lettersFromTen && worth + '0' * Words.ONES + ('a' - ':') * letters == eight;
    }

    /** The number that eight digits are. */
    private static long number(long eight) {
        long number = Long.reverseBytes(worth(eight));
        number = (number | number >>> 4) & 0x00ff00ff00ff00ffL;
        number = (number | number >>> 8) & 0x0000ffff0000ffffL;
        return (number | number >>> 16) & FOUR_BYTES;
    }

    /** Writes a UUID. */
    static void write(long upper, long lower, byte[] text) {
        write(upper >>> 32, 8, text, 0);
        write(upper >>> 16, 4, text, 9);
        write(upper, 4, text, 14);
        write(lower >>> 48, 4, text, 19);
        write(lower, 12, text, 24);
        text[8] = '-';
        text[13] = '-';
        text[18] = '-';
        text[23] = '-';
    }

    private static void write(long number, int count, byte[] text, int from) {
        long rest = number;
        for (int i = from + count - 1; i >= from; i--) {
            text[i] = DIGITS[(int) rest & 15];
            rest >>>= 4;
        }
    }
}
