package org.usagestats.sink.jsonl;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryLimits;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.SeenField;
import org.usagestats.sink.columns.ColumnAnswers;
import org.usagestats.sink.columns.Columns;
import org.usagestats.sink.columns.Costs;
import org.usagestats.sink.columns.NotIndexedException;
import org.usagestats.sink.columns.UnreadableColumnsException;
import org.usagestats.sink.columns.Workers;
import org.usagestats.sink.kit.Disk;
import org.usagestats.sink.kit.EraseKey;

/** Answers questions from the columns of a log. For use by several threads. */
final class ColumnQueries implements Closeable {

    private static final System.Logger LOG = System.getLogger("org.usagestats.sink.jsonl");

    private final Settings settings;
    private final Writer writer;
    private final Eraser eraser;
    private final Workers workers;
    private final ColumnIndex index;
    private final ColumnAnswers answers;

    private ColumnQueries(Settings settings, Disk disk, Writer writer, Eraser eraser) {
        this.settings = settings;
        this.writer = writer;
        this.eraser = eraser;
        this.workers = new Workers(
                "usagestats-jsonl-question-" + settings.instance(),
                Runtime.getRuntime().availableProcessors(),
                writer::isBusy);
        this.index = new ColumnIndex(settings, disk, workers);
        this.answers = new ColumnAnswers(workers);
    }

    /** Starts, behind what a crash may have left. */
    static ColumnQueries start(Settings settings, Disk disk, Writer writer, Eraser eraser) {
        ColumnQueries queries = new ColumnQueries(settings, disk, writer, eraser);
        try {
            queries.index.deleteUnfinished();
        } catch (IOException notDeleted) {
            LOG.log(Level.WARNING, "cannot delete what a crash has left: {0}", Failure.reason(notDeleted));
        }
        return queries;
    }

    /**
     * Answers a question.
     *
     * @throws IOException if it must be answered from the log
     */
    QueryResult answer(Query query, QueryLimits limits) throws IOException {
        Costs costs = new Costs(limits);
        return ask(segments -> answers.of(query, costs, segments), costs);
    }

    /**
     * Lists the fields of the reports.
     *
     * @throws IOException if they must be looked for in the log
     */
    List<SeenField> fields(QueryLimits limits) throws IOException {
        Costs costs = new Costs(limits);
        return ask(segments -> answers.fields(costs, segments), costs);
    }

    /** What is asked of the columns. */
    private interface Wish<T> {
        T of(List<Columns> segments) throws IOException;
    }

    private <T> T ask(Wish<T> wish, Costs costs) throws IOException {
        Set<Path> forgotten = new HashSet<>();
        while (true) {
            try {
                return askOnce(wish, costs);
            } catch (UnreadableColumnsException damaged) {
                index.forget(damaged.file());
                if (!forgotten.add(damaged.file())) {
                    throw damaged;
                }
            }
        }
    }

    private <T> T askOnce(Wish<T> wish, Costs costs) throws IOException {
        eraser.learn();
        Set<EraseKey> pending = eraser.pending().keySet();
        Frontier frontier = writer.frontier();
        List<Columns> segments = index.upTo(frontier, costs);
        if (!pending.isEmpty()) {
            List<Columns> all = segments;
            segments = without(pending, all);
            requireSame(all, index.upTo(frontier, costs));
        }
        costs.requireTime();
        return wish.of(segments);
    }

    /** Makes sure that no segment was rewritten while its reports were looked for. */
    private static void requireSame(List<Columns> before, List<Columns> after) throws IOException {
        Set<Object> contents = new HashSet<>();
        after.forEach(segment -> contents.add(segment.content()));
        for (Columns segment : before) {
            if (!contents.contains(segment.content())) {
                throw new NotIndexedException("reports are being erased from " + segment.source());
            }
        }
    }

    /** Leaves out the reports that are erased, and still in a segment. */
    private List<Columns> without(Set<EraseKey> pending, List<Columns> segments) throws IOException {
        Map<Segment, Set<EraseKey>> places = eraser.locate(pending);
        List<Columns> without = new ArrayList<>();
        for (Columns columns : segments) {
            Segment segment = (Segment) columns.source();
            Set<EraseKey> here = places.getOrDefault(segment, Set.of());
            without.add(here.isEmpty() ? columns : columns.without(rows(segment, columns.rows(), here)));
        }
        return without;
    }

    private BitSet rows(Segment segment, int count, Set<EraseKey> keys) throws IOException {
        BitSet rows = new BitSet();
        Set<EraseKey> found = new HashSet<>();
        try (SegmentReader reports =
                new SegmentReader(segment, settings.layout(), settings.instance(), Long.MAX_VALUE)) {
            for (int row = 0; row < count && reports.next(); row++) {
                StoredHead head = StoredHead.of(reports.bytes(), reports.from(), reports.to());
                if (head.eraseKey().filter(keys::contains).isPresent()) {
                    found.add(head.eraseKey().get());
                    rows.set(row);
                }
            }
        }
        if (!found.equals(keys)) {
            throw new NotIndexedException("reports are being erased from " + segment);
        }
        return rows;
    }

    /** Makes what is missing since earlier runs or imports did not, and tells those who wonder why answers take long. */
    void prepare() throws IOException {
        long open = writer.frontier().sequence();
        long missing = index.missing(open);
        if (missing > 0) {
            long begun = System.nanoTime();
            LOG.log(
                    Level.INFO,
                    "makes columns of {0} segments of {1}; until then the first answers take longer",
                    missing,
                    settings.layout().root());
            index.bringUpToDate(open);
            if (index.missing(open) == 0) {
                long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
                LOG.log(Level.INFO, "all segments have columns, after {0} s", seconds);
            }
        }
    }

    /** Makes what is missing or out of date of what is derived. */
    void bringUpToDate() throws IOException {
        index.bringUpToDate(writer.frontier().sequence());
    }

    @Override
    public void close() {
        index.close();
        workers.close();
    }
}
