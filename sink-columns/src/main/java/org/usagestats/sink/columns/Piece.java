package org.usagestats.sink.columns;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A part as a question sees it; equal to itself alone.
 *
 * @param part the part
 * @param first the number of its first report in the source
 * @param hidden the numbers, in the source, of reports that do not count
 */
record Piece(Part part, int first, BitSet hidden) {

    /** How many reports count. */
    int counting() {
        int counting = part.rows();
        int end = first + part.rows();
        for (int row = hidden.nextSetBit(first); row >= 0 && row < end; row = hidden.nextSetBit(row + 1)) {
            counting--;
        }
        return counting;
    }

    /** The reports that count. */
    RowSet rows() {
        return RowSet.all(part.rows()).without(hidden, first);
    }

    /** Tells whether all reports count. */
    boolean isWhole() {
        int row = hidden.nextSetBit(first);
        return row < 0 || row >= first + part.rows();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
