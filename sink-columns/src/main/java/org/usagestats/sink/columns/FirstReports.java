package org.usagestats.sink.columns;

import java.io.IOException;
import java.util.Arrays;
import org.usagestats.sink.Selection;

/**
 * When each value of a field is first in a report. All reports are to be learnt, by any threads, before anybody asks; for use by
 * several threads then.
 */
final class FirstReports {

    private final FieldAxis values;
    private final Selection selection;
    private final Shelf shelf;
    private long[] firsts = {};

    FirstReports(FieldAxis values, Selection selection, Shelf shelf) {
        this.values = values;
        this.selection = selection;
        this.shelf = shelf;
    }

    /** The values, as the reports of parts have them. */
    FieldAxis values() {
        return values;
    }

    /** Learns when the values of some reports of a part were seen. */
    void learn(Part part, RowSet rows) throws IOException {
        Meanings.Seen seen = values.in(part);
        Times times = shelf.times(part, selection.clock());
        long[] earliest = new long[seen.meanings().length];
        Arrays.fill(earliest, Times.NONE);
        for (int row : rows.toArray()) {
            long time = times.at(row);
            int code = seen.codes().at(row);
            if (time != Times.NONE && (earliest[code] == Times.NONE || time < earliest[code])) {
                earliest[code] = time;
            }
        }
        learn(seen.meanings(), earliest);
    }

    private synchronized void learn(int[] meanings, long[] earliest) {
        for (int code = 0; code < earliest.length; code++) {
            if (earliest[code] != Times.NONE) {
                if (meanings[code] > 0) {
                    learn(meanings[code], earliest[code]);
                } else {
                    for (int single : values.space().singles(meanings[code])) {
                        learn(single, earliest[code]);
                    }
                }
            }
        }
    }

    private void learn(int single, long time) {
        if (single >= firsts.length) {
            int before = firsts.length;
            firsts = Arrays.copyOf(firsts, Math.max(single + 1, 2 * before));
            Arrays.fill(firsts, before, firsts.length, Times.NONE);
        }
        if (firsts[single] == Times.NONE || time < firsts[single]) {
            firsts[single] = time;
        }
    }

    /** When a single value was seen first, or {@link Times#NONE}. */
    long of(int single) {
        return single < firsts.length ? firsts[single] : Times.NONE;
    }
}
