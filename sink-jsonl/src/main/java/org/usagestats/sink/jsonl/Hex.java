package org.usagestats.sink.jsonl;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads and writes UUIDs in the form of RFC 9562, section 4, in lower case. */
final class Hex {

    /** How long a UUID is in that form. */
    static final int LENGTH = 36;

    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NUMBERS = numbers();
    private static final int DASHES = 1 << 8 | 1 << 13 | 1 << 18 | 1 << 23;

    private Hex() {}

    private static byte[] numbers() {
        byte[] numbers = new byte[256];
        Arrays.fill(numbers, (byte) -1);
        for (int i = 0; i < DIGITS.length; i++) {
            numbers[DIGITS[i]] = (byte) i;
        }
        return numbers;
    }

    /** Tells whether a text is a UUID as it is written here. */
    static boolean isUuid(byte[] text, int from, int to) {
        if (to - from != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            boolean dash = i < Integer.SIZE && (DASHES >>> i & 1) == 1;
            if (dash ? text[from + i] != '-' : NUMBERS[text[from + i] & 0xff] < 0) {
                return false;
            }
        }
        return true;
    }

    /** The first half of a UUID. */
    static long upper(byte[] text, int from) {
        return digits(text, from, 8) << 32 | digits(text, from + 9, 4) << 16 | digits(text, from + 14, 4);
    }

    /** The second half of a UUID. */
    static long lower(byte[] text, int from) {
        return digits(text, from + 19, 4) << 48 | digits(text, from + 24, 12);
    }

    private static long digits(byte[] text, int from, int count) {
        long number = 0;
        for (int i = from; i < from + count; i++) {
            number = number << 4 | NUMBERS[text[i] & 0xff];
        }
        return number;
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
