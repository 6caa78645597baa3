package org.usagestats.sink.columns;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Values that are decimal numbers, all strings or all numbers, below 2<sup>31</sup> without the point and with as many
 * digits behind it: they are kept as these numbers, in as many bits as the greatest has.
 */
final class Decimals {

    private static final int NONE = -1;
    private static final int MOST_DIGITS = 10;
    private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10};

    private Decimals() {}

    /** The numbers of all values; none if some value is not as it should be. */
    static int[] of(Dictionary values, int places) {
        int[] numbers = new int[values.size()];
        for (int code = 1; code <= numbers.length; code++) {
            int number = values.kindCode(code) == values.kindCode(1)
                    ? number(values.texts(), values.from(code), values.to(code), places)
                    : NONE;
            if (number == NONE) {
                return new int[0];
            }
            numbers[code - 1] = number;
        }
        return numbers;
    }

    /** How many digits the first value has behind its point. */
    static int places(Dictionary values) {
        return places(values, 1);
    }

    /** The decimal that a value is, or NaN if it is not written as these numbers are. */
    static double decimal(Dictionary values, int code) {
        int kind = values.kindCode(code);
        boolean formed = (kind == KindCode.STRING || kind == KindCode.NUMBER)
                && values.to(code) - values.from(code) <= MOST_DIGITS + 1;
        int places = formed ? places(values, code) : 0;
        int number = formed ? number(values.texts(), values.from(code), values.to(code), places) : NONE;
        // Both are exact, so the quotient is the double nearest to the decimal.
        return number == NONE ? Double.NaN : number / POWERS[places];
    }

    private static int places(Dictionary values, int code) {
        int places = 0;
        for (int i = values.to(code) - 1; i >= values.from(code); i--, places++) {
            if (values.texts()[i] == '.') {
                return places;
            }
        }
        return 0;
    }

    /** The digits of a text as a number, if it is written as {@link #write} does it. */
    private static int number(byte[] text, int from, int to, int places) {
        int point = places == 0 ? to : to - places - 1;
        int digits = places == 0 ? to - from : to - from - 1;
        boolean formed = point > from
                && digits <= MOST_DIGITS
                && (text[from] != '0' || point == from + 1)
                && (places == 0 || text[point] == '.');
        long number = formed ? 0 : NONE;
        for (int i = from; i < to && number != NONE; i++) {
            if (i != point) {
                int digit = text[i] - '0';
                number = digit < 0 || digit > 9 ? NONE : 10 * number + digit;
            }
        }
        return number > Integer.MAX_VALUE ? NONE : (int) number;
    }

    static void put(SectionBuffer to, int kind, int places, int[] numbers) {
        int all = 0;
        for (int number : numbers) {
            all |= number;
        }
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(all);
        to.room(3).put((byte) kind).put((byte) places).put((byte) bits);
        BitWriter packed = new BitWriter(to);
        for (int number : numbers) {
            packed.put(number, bits);
        }
        packed.end();
    }

    /** Numbers so many values, from 1 on. */
    static int[] get(ByteBuffer from, long size, KeyValues values) throws NotIndexedException {
        int kind = from.get();
        int places = from.get();
        int bits = from.get();
        SectionBuffer.require(kind == KindCode.NUMBER || kind == KindCode.STRING);
        SectionBuffer.require(places >= 0 && places < MOST_DIGITS && bits >= 0 && bits < Integer.SIZE);
        SectionBuffer.require(size >= 0 && size <= 1L << bits && size * bits <= (long) Byte.SIZE * from.remaining());
        int[] numbers = new int[(int) size + 1];
        BitReader packed = new BitReader(from);
        byte[] text = new byte[MOST_DIGITS + 2];
        synchronized (values) {
            for (int code = 1; code < numbers.length; code++) {
                int start = write(packed.get(bits), places, text);
                numbers[code] = values.add(kind, text, start, text.length);
            }
        }
        return numbers;
    }

    /** Writes a number at the end of an array, with digits behind a point; returns where it begins. */
    private static int write(int number, int places, byte[] text) {
        Arrays.fill(text, (byte) '0');
        int rest = number;
        int at = text.length;
        for (int written = 0; rest > 0 || written <= places; written++) {
            if (written == places && places > 0) {
                text[--at] = '.';
            }
            text[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return at;
    }
}
