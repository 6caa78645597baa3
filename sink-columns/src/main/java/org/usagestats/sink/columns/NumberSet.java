package org.usagestats.sink.columns;

import java.util.Arrays;
import org.usagestats.sink.kit.DistinctValues;

/**
 * Different numbers from 1 on: few in a table, many as bits. Not for use by several threads.
 */
final class NumberSet implements DistinctValues {

    private static final int FEW = 16;

    private int[] table = new int[FEW];
    private long[] bits = {};
    private int few;
    private int greatest;

    /** Adds a number. */
    void add(int number) {
        if (bits.length > 0) {
            addBit(number);
            return;
        }
        greatest = Math.max(greatest, number);
        int slot = slot(number);
        if (table[slot] == 0) {
            table[slot] = number;
            if (2 * ++few > table.length) {
                grow();
            }
        }
    }

    /** Adds the numbers that stand from one place of an array to before another, without those below 1. */
    void addAll(int[] numbers, int from, int to) {
        int most = greatest;
        for (int i = from; i < to; i++) {
            most = Math.max(most, numbers[i]);
        }
        if (bits.length == 0 && isBetterAsBits(2 * (to - from), most)) {
            makeBits(most);
        }
        if (bits.length > 0) {
            addBits(numbers, from, to, most);
            return;
        }
        for (int i = from; i < to; i++) {
            if (numbers[i] > 0) {
                add(numbers[i]);
            }
        }
    }

    private void addBits(int[] numbers, int from, int to, int most) {
        makeRoom(most);
        long[] words = bits;
        for (int i = from; i < to; i++) {
            int number = numbers[i];
            if (number > 0) {
                words[number >>> 6] |= 1L << number;
            }
        }
    }

    private void addBit(int number) {
        makeRoom(number);
        bits[number >>> 6] |= 1L << number;
    }

    private void makeRoom(int number) {
        int word = number >>> 6;
        if (word >= bits.length) {
            bits = Arrays.copyOf(bits, Math.max(word + 1, bits.length + (bits.length >> 2)));
        }
    }

    private int slot(int number) {
        int slot = ((number * 0x9E3779B9) >>> 7) & (table.length - 1);
        while (table[slot] != 0 && table[slot] != number) {
            slot = (slot + 1) & (table.length - 1);
        }
        return slot;
    }

    private void grow() {
        if (isBetterAsBits(table.length, greatest)) {
            makeBits(greatest);
            return;
        }
        int[] old = table;
        table = new int[2 * old.length];
        for (int number : old) {
            if (number != 0) {
                table[slot(number)] = number;
            }
        }
    }

    /** Tells whether bits take less memory than two tables of a length. */
    private static boolean isBetterAsBits(int length, int most) {
        return 2L * Integer.SIZE * length > most;
    }

    private void makeBits(int most) {
        bits = new long[(Math.max(most, greatest) >>> 6) + 1];
        for (int number : table) {
            if (number != 0) {
                addBit(number);
            }
        }
        table = new int[0];
    }

    @Override
    public long size() {
        if (bits.length == 0) {
            return few;
        }
        long size = 0;
        for (long word : bits) {
            size += Long.bitCount(word);
        }
        return size;
    }

    @Override
    public DistinctValues union(DistinctValues others) {
        NumberSet other = (NumberSet) others;
        if (other.bits.length > 0 && bits.length == 0) {
            return other.addAll(this);
        }
        return addAll(other);
    }

    private NumberSet addAll(NumberSet other) {
        for (int number : other.table) {
            if (number != 0) {
                add(number);
            }
        }
        if (other.bits.length > 0) {
            addBits(other.bits);
        }
        return this;
    }

    private void addBits(long[] more) {
        if (bits.length < more.length) {
            bits = Arrays.copyOf(bits, more.length);
        }
        for (int word = 0; word < more.length; word++) {
            bits[word] |= more[word];
        }
    }

    @Override
    public DistinctValues copy() {
        NumberSet copy = new NumberSet();
        copy.table = table.clone();
        copy.bits = bits.clone();
        copy.few = few;
        copy.greatest = greatest;
        return copy;
    }
}
