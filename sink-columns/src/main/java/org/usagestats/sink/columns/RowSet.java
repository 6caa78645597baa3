package org.usagestats.sink.columns;

import java.util.Arrays;
import java.util.BitSet;

/** Some of the rows of a part, as bits. Not for use by several threads. */
final class RowSet {

    private final int rows;
    private final long[] words;

    private RowSet(int rows) {
        this.rows = rows;
        this.words = new long[(rows + 63) >>> 6];
    }

    static RowSet none(int rows) {
        return new RowSet(rows);
    }

    static RowSet all(int rows) {
        RowSet all = new RowSet(rows);
        Arrays.fill(all.words, -1L);
        all.trim();
        return all;
    }

    private void trim() {
        if ((rows & 63) != 0) {
            words[words.length - 1] &= (1L << rows) - 1;
        }
    }

    /** The rows whose meaning is another than 0. */
    static RowSet meaningful(Meanings.Seen seen, int rows) {
        if (seen.codes().width() == 0) {
            boolean passes = rows > 0 && seen.meanings()[seen.codes().at(0)] != 0;
            return passes ? all(rows) : none(rows);
        }
        RowSet set = new RowSet(rows);
        int[] block = new int[Long.SIZE];
        for (int from = 0; from < rows; from += Long.SIZE) {
            int count = Math.min(Long.SIZE, rows - from);
            seen.codes().copy(from, count, block);
            long word = 0;
            for (int i = 0; i < count; i++) {
                word |= (seen.meanings()[block[i]] != 0 ? 1L : 0L) << i;
            }
            set.words[from >>> 6] = word;
        }
        return set;
    }

    /** The rows of a time from one moment on and before another. */
    static RowSet between(Times times, long from, long to, int rows) {
        RowSet set = new RowSet(rows);
        for (int row = 0; row < rows; row++) {
            long time = times.at(row);
            if (time >= from && time < to && time != Times.NONE) {
                set.add(row);
            }
        }
        return set;
    }

    void add(int row) {
        words[row >>> 6] |= 1L << row;
    }

    boolean has(int row) {
        return (words[row >>> 6] >>> row & 1) != 0;
    }

    RowSet and(RowSet other) {
        for (int i = 0; i < words.length; i++) {
            words[i] &= other.words[i];
        }
        return this;
    }

    RowSet or(RowSet other) {
        for (int i = 0; i < words.length; i++) {
            words[i] |= other.words[i];
        }
        return this;
    }

    RowSet not() {
        for (int i = 0; i < words.length; i++) {
            words[i] = ~words[i];
        }
        trim();
        return this;
    }

    /** Takes out rows of a larger set, in which this one's first has a number. */
    RowSet without(BitSet others, int first) {
        for (int row = others.nextSetBit(first); row >= 0 && row < first + rows; row = others.nextSetBit(row + 1)) {
            int here = row - first;
            words[here >>> 6] &= ~(1L << here);
        }
        return this;
    }

    int size() {
        int size = 0;
        for (long word : words) {
            size += Long.bitCount(word);
        }
        return size;
    }

    /** All rows, in their order. */
    int[] toArray() {
        int[] all = new int[size()];
        int next = 0;
        for (int i = 0; i < words.length; i++) {
            for (long word = words[i]; word != 0; word &= word - 1) {
                all[next++] = (i << 6) + Long.numberOfTrailingZeros(word);
            }
        }
        return all;
    }
}
