package org.usagestats.sink.columns;

import java.util.Arrays;

/**
 * How often numbers from 1 on were counted: those of few in a table, those of many by their place. Not for use by several
 * threads.
 */
final class ValueCounts {

    private static final int FEW = 16;

    private int[] table = new int[FEW];
    private long[] times = new long[FEW];
    private long[] dense = {};
    private int few;
    private int greatest;

    /** What is done with each number. */
    interface Each {
        void of(int number, long times);
    }

    /** Counts a number so many times more. */
    void add(int number, long more) {
        if (dense.length > 0) {
            addDense(number, more);
            return;
        }
        greatest = Math.max(greatest, number);
        int slot = slot(number);
        times[slot] += more;
        if (table[slot] == 0) {
            table[slot] = number;
            if (2 * ++few > table.length) {
                grow();
            }
        }
    }

    /** Counts what others have counted. */
    void addAll(ValueCounts others) {
        others.each(this::add);
    }

    /** Tells all numbers that were counted. */
    void each(Each each) {
        for (int number = 1; number < dense.length; number++) {
            if (dense[number] > 0) {
                each.of(number, dense[number]);
            }
        }
        for (int slot = 0; slot < table.length; slot++) {
            if (table[slot] != 0) {
                each.of(table[slot], times[slot]);
            }
        }
    }

    private void addDense(int number, long more) {
        if (number >= dense.length) {
            dense = Arrays.copyOf(dense, Math.max(number + 1, dense.length + (dense.length >> 2)));
        }
        dense[number] += more;
    }

    private int slot(int number) {
        int slot = ((number * 0x9E3779B9) >>> 7) & (table.length - 1);
        while (table[slot] != 0 && table[slot] != number) {
            slot = (slot + 1) & (table.length - 1);
        }
        return slot;
    }

    /** Doubles the table, unless an array of all numbers up to the greatest takes less. */
    private void grow() {
        int[] numbers = table;
        long[] counted = times;
        boolean byPlace = 3L * numbers.length > greatest;
        table = new int[byPlace ? 0 : 2 * numbers.length];
        times = new long[table.length];
        dense = new long[byPlace ? greatest + 1 : 0];
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] != 0) {
                put(numbers[i], counted[i]);
            }
        }
    }

    private void put(int number, long counted) {
        if (dense.length > 0) {
            dense[number] = counted;
            return;
        }
        int slot = slot(number);
        table[slot] = number;
        times[slot] = counted;
    }
}
