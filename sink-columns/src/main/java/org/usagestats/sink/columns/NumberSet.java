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
    private int size;
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
            if (2 * ++size > table.length) {
                grow();
            }
        }
    }

    private void addBit(int number) {
        int word = number >>> 6;
        if (word >= bits.length) {
            bits = Arrays.copyOf(bits, Math.max(word + 1, bits.length + (bits.length >> 2)));
        }
        long before = bits[word];
        long after = before | 1L << number;
        bits[word] = after;
        size += before == after ? 0 : 1;
    }

    private int slot(int number) {
        int slot = ((number * 0x9E3779B9) >>> 7) & (table.length - 1);
        while (table[slot] != 0 && table[slot] != number) {
            slot = (slot + 1) & (table.length - 1);
        }
        return slot;
    }

    private void grow() {
        int[] old = table;
        if (2L * Integer.SIZE * old.length > greatest) {
            bits = new long[(greatest >>> 6) + 1];
            table = new int[0];
            size = 0;
        } else {
            table = new int[2 * old.length];
        }
        for (int number : old) {
            if (number != 0) {
                if (bits.length > 0) {
                    addBit(number);
                } else {
                    table[slot(number)] = number;
                }
            }
        }
    }

    @Override
    public long size() {
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
        size = 0;
        for (long word : bits) {
            size += Long.bitCount(word);
        }
    }

    @Override
    public DistinctValues copy() {
        NumberSet copy = new NumberSet();
        copy.table = table.clone();
        copy.bits = bits.clone();
        copy.size = size;
        copy.greatest = greatest;
        return copy;
    }
}
