package org.usagestats.sink.columns;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.usagestats.sink.Selection;

/** Finds the newest reports, by the time of their receipt and then by their order, looking at as few parts as it can. */
final class NewestRows {

    private final Shelf shelf;
    private final long wanted;

    NewestRows(Shelf shelf, long wanted) {
        this.shelf = shelf;
        this.wanted = wanted;
    }

    /** The newest reports of each piece; a piece that has none is not among them. */
    Map<Piece, RowSet> in(List<Piece> pieces) throws IOException {
        List<Piece> recent = recent(pieces);
        long[] times = times(recent);
        int first = (int) Math.max(0, times.length - wanted);
        Arrays.sort(times);
        long earliest = times.length == 0 ? Times.NONE : times[first];
        long ofEarliest = Arrays.stream(times, first, times.length)
                .filter(time -> time == earliest)
                .count();
        Map<Piece, RowSet> newest = new HashMap<>();
        for (int i = recent.size() - 1; i >= 0; i--) {
            Piece piece = recent.get(i);
            Times all = shelf.times(piece.part(), Selection.Clock.RECEIVED);
            RowSet rows = RowSet.none(piece.part().rows());
            int[] counting = piece.rows().toArray();
            for (int k = counting.length - 1; k >= 0; k--) {
                long time = all.at(counting[k]);
                if (time > earliest || (time == earliest && ofEarliest-- > 0)) {
                    rows.add(counting[k]);
                }
            }
            newest.put(piece, rows);
        }
        return newest;
    }

    /** The pieces that may have some of the newest reports, in their order. */
    private List<Piece> recent(List<Piece> pieces) {
        List<Piece> latest = new ArrayList<>(pieces);
        latest.sort(Comparator.comparingLong(NewestRows::least).reversed());
        long sure = 0;
        long least = Times.NONE;
        for (Piece piece : latest) {
            least = least(piece);
            sure += piece.counting();
            if (sure >= wanted) {
                break;
            }
        }
        long limit = sure >= wanted ? least : Times.NONE;
        return pieces.stream()
                .filter(piece -> limit == Times.NONE
                        || piece.part().extent(Selection.Clock.RECEIVED).greatest() >= limit)
                .toList();
    }

    private static long least(Piece piece) {
        Times.Extent extent = piece.part().extent(Selection.Clock.RECEIVED);
        return extent.missing() || extent.isEmpty() ? Times.NONE : extent.least();
    }

    private long[] times(List<Piece> pieces) throws IOException {
        long[] times = new long[pieces.stream().mapToInt(Piece::counting).sum()];
        int next = 0;
        for (Piece piece : pieces) {
            Times all = shelf.times(piece.part(), Selection.Clock.RECEIVED);
            for (int row : piece.rows().toArray()) {
                times[next++] = all.at(row);
            }
        }
        return times;
    }
}
