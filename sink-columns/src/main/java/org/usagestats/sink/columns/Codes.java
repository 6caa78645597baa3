package org.usagestats.sink.columns;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.usagestats.sink.kit.Words;

/**
 * A number for each row of a part, from 0 on, in as few bytes as the greatest needs: none if all are the same, else 1, 2
 * or 4. Immutable, for use by several threads.
 */
final class Codes {

    private final int rows;
    private final int constant;
    private final byte[] bytes;
    private final short[] shorts;
    private final int[] ints;
    private volatile @Nullable BitSet used;

    private static final byte[] NO_BYTES = {};
    private static final short[] NO_SHORTS = {};
    private static final int[] NO_INTS = {};

    private Codes(int rows, int constant, byte[] bytes, short[] shorts, int[] ints) {
        this.rows = rows;
        this.constant = constant;
        this.bytes = bytes;
        this.shorts = shorts;
        this.ints = ints;
    }

    static Codes constant(int rows, int code) {
        return new Codes(rows, code, NO_BYTES, NO_SHORTS, NO_INTS);
    }

    static Codes of(byte[] codes) {
        return new Codes(codes.length, 0, codes, NO_SHORTS, NO_INTS);
    }

    static Codes of(short[] codes) {
        return new Codes(codes.length, 0, NO_BYTES, codes, NO_INTS);
    }

    static Codes of(int[] codes) {
        return new Codes(codes.length, 0, NO_BYTES, NO_SHORTS, codes);
    }

    /**
     * Chooses the width for numbers.
     *
     * @param there how many of the array count; the rows after them have 0
     */
    static Codes narrow(int[] codes, int there, int rows) {
        int first = there == 0 ? 0 : codes[0];
        boolean same = there == rows || first == 0;
        int most = 0;
        for (int row = 0; row < there; row++) {
            same &= codes[row] == first;
            most |= codes[row];
        }
        if (same) {
            return constant(rows, first);
        }
        if (most >>> Byte.SIZE == 0) {
            return of(bytes(codes, there, rows));
        }
        if (most >>> Short.SIZE == 0) {
            return of(shorts(codes, there, rows));
        }
        int[] whole = new int[rows];
        System.arraycopy(codes, 0, whole, 0, there);
        return of(whole);
    }

    private static byte[] bytes(int[] codes, int there, int rows) {
        byte[] narrow = new byte[rows];
        for (int row = 0; row < there; row++) {
            narrow[row] = (byte) codes[row];
        }
        return narrow;
    }

    private static short[] shorts(int[] codes, int there, int rows) {
        short[] narrow = new short[rows];
        for (int row = 0; row < there; row++) {
            narrow[row] = (short) codes[row];
        }
        return narrow;
    }

    int rows() {
        return rows;
    }

    /** How many bytes a number takes: 0 if all are the same. */
    int width() {
        if (bytes.length > 0) {
            return Byte.BYTES;
        }
        return shorts.length > 0 ? Short.BYTES : ints.length > 0 ? Integer.BYTES : 0;
    }

    int at(int row) {
        return switch (width()) {
            case 0 -> constant;
            case Byte.BYTES -> bytes[row] & 0xff;
            case Short.BYTES -> shorts[row] & 0xffff;
            default -> ints[row];
        };
    }

    /** The numbers that rows have; not to be changed. */
    BitSet used() {
        BitSet known = used;
        if (known == null) {
            known = new BitSet();
            for (int row = 0; row < rows; row++) {
                known.set(at(row));
            }
            used = known;
        }
        return known;
    }

    /** Copies the numbers of some rows that follow each other. */
    void copy(int from, int count, int[] to) {
        switch (width()) {
            case 0 -> Arrays.fill(to, 0, count, constant);
            case Byte.BYTES -> {
                for (int i = 0; i < count; i++) {
                    to[i] = bytes[from + i] & 0xff;
                }
            }
            case Short.BYTES -> {
                for (int i = 0; i < count; i++) {
                    to[i] = shorts[from + i] & 0xffff;
                }
            }
            default -> System.arraycopy(ints, from, to, 0, count);
        }
    }

    /** Copies the numbers of rows that an array lists from a place on. */
    void gather(int[] wanted, int from, int count, int[] to) {
        switch (width()) {
            case 0 -> Arrays.fill(to, 0, count, constant);
            case Byte.BYTES -> {
                for (int i = 0; i < count; i++) {
                    to[i] = bytes[wanted[from + i]] & 0xff;
                }
            }
            case Short.BYTES -> {
                for (int i = 0; i < count; i++) {
                    to[i] = shorts[wanted[from + i]] & 0xffff;
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    to[i] = ints[wanted[from + i]];
                }
            }
        }
    }

    /** Adds to the count of each number how many rows have it. */
    void count(int[] counts) {
        switch (width()) {
            case 0 -> counts[constant] += rows;
            case Byte.BYTES -> countBytes(counts);
            case Short.BYTES -> {
                for (short code : shorts) {
                    counts[code & 0xffff]++;
                }
            }
            default -> {
                for (int code : ints) {
                    counts[code]++;
                }
            }
        }
    }

    /** Four at a time, since neighbours are often the same, and would wait for each other. */
    private void countBytes(int[] counts) {
        int[] four = new int[4 * 256];
        int row = 0;
        for (; row + 4 <= rows; row += 4) {
            four[bytes[row] & 0xff]++;
            four[256 + (bytes[row + 1] & 0xff)]++;
            four[512 + (bytes[row + 2] & 0xff)]++;
            four[768 + (bytes[row + 3] & 0xff)]++;
        }
        for (; row < rows; row++) {
            four[bytes[row] & 0xff]++;
        }
        for (int code = 0; code < Math.min(256, counts.length); code++) {
            counts[code] += four[code] + four[256 + code] + four[512 + code] + four[768 + code];
        }
    }

    /** Adds to the count of each pair of numbers, this one's times a factor and another's, how many rows have it. */
    boolean countPairs(int factor, Codes other, int[] counts) {
        if (width() != Byte.BYTES || other.width() != Byte.BYTES) {
            return false;
        }
        if (counts.length <= 256) {
            pairs(factor, other).count(counts);
            return true;
        }
        byte[] others = other.bytes;
        for (int row = 0; row < rows; row++) {
            counts[(bytes[row] & 0xff) * factor + (others[row] & 0xff)]++;
        }
        return true;
    }

    /** Pairs that fit into a byte, eight at a time. */
    private Codes pairs(int factor, Codes other) {
        byte[] pairs = new byte[rows];
        int row = 0;
        for (; row + Long.BYTES <= rows; row += Long.BYTES) {
            Words.put(pairs, row, Words.at(bytes, row) * factor + Words.at(other.bytes, row));
        }
        for (; row < rows; row++) {
            pairs[row] = (byte) (bytes[row] * factor + other.bytes[row]);
        }
        return of(pairs);
    }

    /** How much memory they take, with what is known of them. */
    long size() {
        return (long) rows * width() + (rows >>> 3);
    }
}
