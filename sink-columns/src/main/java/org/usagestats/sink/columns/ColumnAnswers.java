package org.usagestats.sink.columns;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.SeenField;

/**
 * Answers questions from columns, and keeps in memory of what they needed as much as fits into a quarter of the heap, for the
 * next. For use by several threads.
 */
public final class ColumnAnswers {

    private static final int SHARE_OF_HEAP = 4;

    private final Workers workers;
    private final Repeats repeats = new Repeats();
    private final Shelf shelf = new Shelf(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);

    /** Knows nothing yet. */
    public ColumnAnswers(Workers workers) {
        this.workers = workers;
    }

    /**
     * Answers a question.
     *
     * @param costs what the answer may take
     * @param sources the reports of all sources, in their order: of those with the same id the first one counts
     * @throws org.usagestats.sink.QueryTooLargeException if it takes more than it may
     * @throws IOException if it must be answered from the reports themselves
     */
    public QueryResult of(Query query, Costs costs, List<Columns> sources) throws IOException {
        Map<Object, BitSet> repeated = repeats.in(sources);
        List<Piece> pieces = new ArrayList<>();
        long damaged = 0;
        for (Columns columns : sources) {
            BitSet unreadable = columns.unreadable();
            BitSet hidden = (BitSet) columns.erased().clone();
            hidden.or(repeated.getOrDefault(columns.source(), new BitSet()));
            hidden.or(unreadable);
            unreadable.andNot(columns.erased());
            damaged += columns.damagedLines() + unreadable.cardinality();
            pieces.addAll(columns.pieces(hidden));
        }
        shelf.retain(pieces);
        return new Question(query, costs, shelf, pieces).answer(workers, damaged);
    }

    /**
     * Lists the fields of all reports, also of those that have the id of another.
     *
     * @throws IOException if they must be looked for in the reports themselves
     */
    public List<SeenField> fields(Costs costs, List<Columns> sources) throws IOException {
        List<Piece> pieces = new ArrayList<>();
        for (Columns columns : sources) {
            BitSet hidden = columns.unreadable();
            hidden.or(columns.erased());
            pieces.addAll(columns.pieces(hidden));
        }
        shelf.retain(pieces);
        return new ColumnFields(costs, shelf).of(pieces, workers);
    }
}
