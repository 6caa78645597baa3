package org.usagestats.sink.columns;

import java.util.Arrays;
import java.util.BitSet;
import java.util.UUID;

/** The ids of the reports of a part, by row. Not for use by several threads while rows are added. */
final class IdColumn {

    private final BitSet present = new BitSet();
    private long[] pairs = new long[32];

    /** Takes the ids of rows. */
    interface Taker {
        void take(int row, long upper, long lower);
    }

    /** Gives a row the id that a text is, if it is one. */
    void put(int row, String text) {
        try {
            UUID id = UUID.fromString(text);
            put(row, id.getMostSignificantBits(), id.getLeastSignificantBits());
        } catch (IllegalArgumentException notAnId) {
            present.clear(row);
        }
    }

    /** Gives a row the id that a plain string is, if it is one as clients write it; else returns false. */
    boolean put(int row, byte[] bytes, int from, int to) {
        if (!Hex.isUuid(bytes, from, to)) {
            return false;
        }
        put(row, Hex.upper(bytes, from), Hex.lower(bytes, from));
        return true;
    }

    /** Gives a row an id. */
    void put(int row, long upper, long lower) {
        if (2 * row + 1 >= pairs.length) {
            pairs = Arrays.copyOf(pairs, Math.max(2 * row + 2, 2 * pairs.length));
        }
        pairs[2 * row] = upper;
        pairs[2 * row + 1] = lower;
        present.set(row);
    }

    /** Takes the id from a row. */
    void remove(int row) {
        present.clear(row);
    }

    /** The first row from one on that has an id, or that before which it is looked for. */
    int next(int from, int to) {
        int next = present.nextSetBit(from);
        return next < 0 ? to : Math.min(next, to);
    }

    /** The first row from one on that has none. */
    int end(int from) {
        return present.nextClearBit(from);
    }

    /** How much memory it takes. */
    long memory() {
        return 8L * pairs.length;
    }

    /** Hands out the ids of the rows from one to another. */
    void forEach(int from, int to, Taker taker) {
        for (int row = present.nextSetBit(from); row >= 0 && row < to; row = present.nextSetBit(row + 1)) {
            taker.take(row, pairs[2 * row], pairs[2 * row + 1]);
        }
    }
}
