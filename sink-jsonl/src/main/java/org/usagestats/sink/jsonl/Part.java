package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.util.BitSet;
import java.util.Set;
import org.usagestats.sink.Selection;

/** Some reports of a segment that follow each other, by columns. For use by several threads. */
interface Part {

    /** How many reports there are; they have the numbers from 0 on. */
    int rows();

    /** Which of them cannot be read; not to be changed. */
    BitSet damaged();

    /** The keys that have columns. */
    Set<String> keys();

    /** The keys that have none. */
    OtherKeys others();

    /** What is known of the times of all reports. */
    Times.Extent extent(Selection.Clock clock);

    /** The times of all reports. */
    Times times(Selection.Clock clock) throws IOException;

    /** The values of a key that has a column. */
    Column column(String key, KeyValues values) throws IOException;

    /** Hands out the ids of the reports from a row on. */
    void ids(int from, IdColumn.Taker taker) throws IOException;
}
