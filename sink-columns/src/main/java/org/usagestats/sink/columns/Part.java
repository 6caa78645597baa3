package org.usagestats.sink.columns;

import java.io.IOException;
import java.util.BitSet;
import java.util.Set;
import org.usagestats.sink.Selection;

/**
 * Some reports that follow each other, by columns: gathered by a {@link PartBuilder}, or read from a {@link ColumnFile}. Equal to
 * itself alone. For use by several threads.
 */
public abstract class Part {

    /** Is made in this package alone. */
    Part() {}

    /** How many reports there are; they have the numbers from 0 on. */
    public abstract int rows();

    /** Which of them cannot be read; not to be changed. */
    abstract BitSet damaged();

    /** The keys that have columns. */
    abstract Set<String> keys();

    /** The keys that have none. */
    abstract OtherKeys others();

    /** What is known of the times of all reports. */
    abstract Times.Extent extent(Selection.Clock clock);

    /** The times of all reports. */
    abstract Times times(Selection.Clock clock) throws IOException;

    /** The values of a key that has a column. */
    abstract Column column(String key, KeyValues values) throws IOException;

    /** Hands out the ids of the reports from a row on. */
    abstract void ids(int from, IdColumn.Taker taker) throws IOException;
}
