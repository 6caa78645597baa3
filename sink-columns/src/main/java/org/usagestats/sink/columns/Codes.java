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

    private static final int BYTE_VALUES = 256;
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

    /** Other numbers, below 256, in place of these. */
    Codes mapped(int[] to) {
        byte[] mapped = new byte[rows];
        int[] block = new int[Slots.BLOCK];
        for (int from = 0; from < rows; from += Slots.BLOCK) {
            int many = Math.min(Slots.BLOCK, rows - from);
            copy(from, many, block);
            for (int i = 0; i < many; i++) {
                mapped[from + i] = (byte) to[block[i]];
            }
        }
        return of(mapped);
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

    private void countBytes(int[] counts) {
        int[] four = new int[4 * BYTE_VALUES];
        int row = 0;
        for (; row + Long.BYTES <= rows; row += Long.BYTES) {
            countEight(Words.at(bytes, row), four);
        }
        for (; row < rows; row++) {
            four[bytes[row] & 0xff]++;
        }
        addFour(four, counts);
    }

    /** Counts each byte in one of four tables, since neighbours are often the same, and would wait for each other. */
    private static void countEight(long eight, int[] four) {
        four[(int) eight & 0xff]++;
        four[BYTE_VALUES + ((int) (eight >>> 8) & 0xff)]++;
        four[2 * BYTE_VALUES + ((int) (eight >>> 16) & 0xff)]++;
        four[3 * BYTE_VALUES + ((int) (eight >>> 24) & 0xff)]++;
        four[(int) (eight >>> 32) & 0xff]++;
        four[BYTE_VALUES + ((int) (eight >>> 40) & 0xff)]++;
        four[2 * BYTE_VALUES + ((int) (eight >>> 48) & 0xff)]++;
        four[3 * BYTE_VALUES + (int) (eight >>> 56)]++;
    }

    private static void addFour(int[] four, int[] counts) {
        for (int code = 0; code < Math.min(BYTE_VALUES, counts.length); code++) {
            counts[code] +=
                    four[code] + four[BYTE_VALUES + code] + four[2 * BYTE_VALUES + code] + four[3 * BYTE_VALUES + code];
        }
    }

    /** Adds to the count of each pair of numbers, this one's times a factor and another's, how many rows have it. */
    boolean countPairs(int factor, Codes other, int[] counts) {
        if (width() != Byte.BYTES || other.width() != Byte.BYTES) {
            return false;
        }
        if (counts.length <= BYTE_VALUES) {
            countBytePairs(factor, other.bytes, counts);
            return true;
        }
        byte[] others = other.bytes;
        for (int row = 0; row < rows; row++) {
            counts[(bytes[row] & 0xff) * factor + (others[row] & 0xff)]++;
        }
        return true;
    }

    /** Pairs that fit into a byte: eight of them are made at once. */
    private void countBytePairs(int factor, byte[] others, int[] counts) {
        int[] four = new int[4 * BYTE_VALUES];
        int row = 0;
        for (; row + Long.BYTES <= rows; row += Long.BYTES) {
            countEight(Words.at(bytes, row) * factor + Words.at(others, row), four);
        }
        for (; row < rows; row++) {
            four[(bytes[row] * factor + others[row]) & 0xff]++;
        }
        addFour(four, counts);
    }

    /** How much memory they take, with what is known of them. */
    long size() {
        return (long) rows * width() + (rows >>> 3);
    }
}
