package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.SeenField;

/**
 * Answers questions from the columns of segments, and keeps in memory of what they needed as much as fits, for the next. For
 * use by several threads.
 */
final class ColumnAnswers {

    private static final int SHARE_OF_HEAP = 4;

    private final Workers workers;
    private final Repeats repeats = new Repeats();
    private final Shelf shelf = new Shelf(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);

    ColumnAnswers(Workers workers) {
        this.workers = workers;
    }

    /**
     * Answers a question.
     *
     * @param segments all segments, in their order
     * @param erased the reports that are erased, by their numbers in a segment
     * @throws IOException if it must be answered from the log
     */
    QueryResult of(Query query, Costs costs, List<SegmentColumns> segments, Map<Segment, BitSet> erased)
            throws IOException {
        Map<Segment, BitSet> repeated = repeats.in(segments, erased);
        List<Piece> pieces = new ArrayList<>();
        long damaged = 0;
        for (SegmentColumns segment : segments) {
            BitSet gone = erased.getOrDefault(segment.segment(), new BitSet());
            BitSet hidden = (BitSet) gone.clone();
            hidden.or(repeated.getOrDefault(segment.segment(), new BitSet()));
            BitSet unreadable = damaged(segment);
            hidden.or(unreadable);
            unreadable.andNot(gone);
            damaged += segment.damagedLines() + unreadable.cardinality();
            addPieces(segment, hidden, pieces);
        }
        shelf.retain(pieces);
        return new Question(query, costs, shelf, pieces).answer(workers, damaged);
    }

    /**
     * Lists the fields of all reports, also of those that have the id of another.
     *
     * @throws IOException if they must be looked for in the log
     */
    List<SeenField> fields(Costs costs, List<SegmentColumns> segments, Map<Segment, BitSet> erased) throws IOException {
        List<Piece> pieces = new ArrayList<>();
        for (SegmentColumns segment : segments) {
            BitSet hidden = damaged(segment);
            hidden.or(erased.getOrDefault(segment.segment(), new BitSet()));
            addPieces(segment, hidden, pieces);
        }
        shelf.retain(pieces);
        return new ColumnFields(costs, shelf).of(pieces, workers);
    }

    private static void addPieces(SegmentColumns segment, BitSet hidden, List<Piece> pieces) {
        int first = 0;
        for (Part part : segment.parts()) {
            pieces.add(new Piece(segment.segment(), part, first, hidden));
            first += part.rows();
        }
    }

    /** The reports of a segment that cannot be read. */
    private static BitSet damaged(SegmentColumns segment) {
        BitSet damaged = new BitSet();
        int first = 0;
        for (Part part : segment.parts()) {
            BitSet here = part.damaged();
            for (int row = here.nextSetBit(0); row >= 0; row = here.nextSetBit(row + 1)) {
                damaged.set(first + row);
            }
            first += part.rows();
        }
        return damaged;
    }
}
