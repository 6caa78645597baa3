package org.usagestats.sink.columns;

import java.util.Arrays;

/** Numbers different longs, none of which is negative, from 0 on as they turn up. Not for use by several threads. */
final class LongNumbers {

    private long[] longs = new long[16];
    private int[] slots = new int[64];
    private int size;

    /** The number of a long. */
    int number(long wanted) {
        int slot = hash(wanted) & (slots.length - 1);
        while (slots[slot] != 0 && longs[slots[slot] - 1] != wanted) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slots[slot] == 0 ? add(wanted, slot) : slots[slot] - 1;
    }

    private int add(long added, int slot) {
        if (size == longs.length) {
            longs = Arrays.copyOf(longs, 2 * size);
        }
        longs[size++] = added;
        slots[slot] = size;
        if (2 * size > slots.length) {
            grow();
        }
        return size - 1;
    }

    private void grow() {
        slots = new int[2 * slots.length];
        for (int number = 1; number <= size; number++) {
            int slot = hash(longs[number - 1]) & (slots.length - 1);
            while (slots[slot] != 0) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = number;
        }
    }

    private static int hash(long number) {
        long product = number * 0x9E3779B97F4A7C15L;
        return (int) (product >>> 32);
    }

    /** All longs, as ints. */
    int[] lowInts() {
        int[] ints = new int[size];
        for (int number = 0; number < size; number++) {
            ints[number] = (int) longs[number];
        }
        return ints;
    }

    /** The long of a number. */
    long at(int number) {
        return longs[number];
    }
}
