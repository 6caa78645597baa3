package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.usagestats.api.Erasure;
import org.usagestats.sink.ErasableSink;
import org.usagestats.sink.ExportableSink;
import org.usagestats.sink.MeasuredSink;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryLimits;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.QueryTooLargeException;
import org.usagestats.sink.QueryableSink;
import org.usagestats.sink.Reading;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.SeenField;
import org.usagestats.sink.Selection;
import org.usagestats.sink.kit.Disk;
import org.usagestats.sink.kit.EraseKey;
import org.usagestats.sink.kit.IdWindow;
import org.usagestats.sink.kit.PlainEvaluation;
import org.usagestats.sink.kit.PlainFields;
import org.usagestats.sink.kit.SelectedReports;

/**
 * Keeps reports in a log of JSON Lines and answers questions by reading it, other instances' segments included.
 *
 * <p>Reports are read in the order of the segments: by day, then by the segment's name, each from its beginning. So those
 * of one instance come in the order in which they were kept; those of several instances of one day come instance by
 * instance. A report that two instances have received counts once in an answer and stands twice in the export.
 */
final class JsonlSink implements QueryableSink, ExportableSink, ErasableSink, MeasuredSink {

    private static final System.Logger LOG = System.getLogger("org.usagestats.sink.jsonl");

    private final Settings settings;
    private final InstanceLock lock;
    private final Writer writer;
    private final Eraser eraser;
    private final ColumnQueries columns;
    private final Upkeep upkeep;
    private final LogPosition position;

    private JsonlSink(
            Settings settings, InstanceLock lock, Writer writer, Eraser eraser, ColumnQueries columns, Upkeep upkeep) {
        this.settings = settings;
        this.lock = lock;
        this.writer = writer;
        this.eraser = eraser;
        this.columns = columns;
        this.upkeep = upkeep;
        this.position = new LogPosition(settings);
    }

    /**
     * Opens a log: takes the right to write it, sets aside what a crash left, and learns what was received in the last
     * days.
     *
     * @param now the time now
     */
    static JsonlSink open(Settings settings, Disk disk, Instant now) throws IOException {
        Layout layout = settings.layout();
        disk.createDirectory(layout.quarantine());
        InstanceLock lock = InstanceLock.take(layout, settings.instance());
        try {
            Compression compression = new Compression(settings, disk);
            compression.settle();
            long newest = recover(settings, disk);
            IdWindow window = new IdWindow(IdKey.of(settings, disk));
            StoredIds ids = new StoredIds(settings, disk, window);
            ids.addTo(window, now, newest + 1);
            Writer writer = Writer.start(new Log(settings, disk, newest), window, settings.instance());
            Eraser eraser = eraser(settings, disk, writer);
            ColumnQueries columns = ColumnQueries.start(settings, disk, writer, eraser);
            Retention retention = new Retention(settings, disk);
            List<Upkeep.Chore> chores = List.of(
                    round -> retention.apply(round.today()),
                    compression::bringUpToDate,
                    round -> ids.bringUpToDate(round.now(), round.open()),
                    round -> columns.bringUpToDate());
            Upkeep upkeep = Upkeep.start(settings, writer, round -> columns.prepare(), chores);
            return new JsonlSink(settings, lock, writer, eraser, columns, upkeep);
        } catch (IOException | RuntimeException refused) {
            lock.close();
            throw refused;
        }
    }

    /** Repairs the newest segment of this instance, unless somebody compressed it by hand, and returns its number, or 0 if there is none. */
    private static long recover(Settings settings, Disk disk) throws IOException {
        String instance = settings.instance();
        Optional<Segment> newest = settings.layout().segments().stream()
                .filter(segment -> segment.sequenceOf(instance) > 0)
                .max(Comparator.comparingLong(segment -> segment.sequenceOf(instance)));
        if (newest.isEmpty()) {
            return 0;
        }
        if (Files.exists(settings.layout().file(newest.get()))) {
            TornTail.setAside(disk, settings.layout(), newest.get());
        }
        return newest.get().sequenceOf(instance);
    }

    private static Eraser eraser(Settings settings, Disk disk, Writer writer) throws IOException {
        try {
            return Eraser.start(settings, disk, writer);
        } catch (IOException refused) {
            writer.close();
            throw refused;
        }
    }

    @Override
    public List<Outcome> append(List<ReceivedReport> reports) throws IOException {
        return writer.append(reports);
    }

    @Override
    public void erase(List<Erasure> erasures) throws IOException {
        eraser.erase(erasures);
    }

    @Override
    public QueryResult query(Query query, QueryLimits limits) throws IOException {
        try {
            return fromColumns(query, limits);
        } catch (QueryTooLargeException tooLarge) {
            throw tooLarge;
        } catch (IOException notFromColumns) {
            LOG.log(Level.DEBUG, "a question is answered from the log: {0}", Failure.reason(notFromColumns));
            return plainly(query, limits);
        }
    }

    /** Answers a question by what is derived from the log. */
    QueryResult fromColumns(Query query, QueryLimits limits) throws IOException {
        return columns.answer(query, limits);
    }

    /** Answers a question by looking at every report. */
    QueryResult plainly(Query query, QueryLimits limits) throws IOException {
        PlainEvaluation evaluation = new PlainEvaluation(query, limits);
        do {
            try (LogReader reports = reader()) {
                while (reports.next()) {
                    SegmentReader report = reports.report();
                    evaluation.add(report.bytes(), report.from(), report.to() - report.from());
                }
                evaluation.damaged(reports.damaged());
                writer.measures().found(reports.damaged());
            }
        } while (evaluation.again());
        return evaluation.result();
    }

    @Override
    public List<SeenField> fields(QueryLimits limits) throws IOException {
        try {
            return fieldsFromColumns(limits);
        } catch (QueryTooLargeException tooLarge) {
            throw tooLarge;
        } catch (IOException notFromColumns) {
            LOG.log(Level.DEBUG, "the fields are listed from the log: {0}", Failure.reason(notFromColumns));
            return plainFields(limits);
        }
    }

    /** Lists the fields by what is derived from the log. */
    List<SeenField> fieldsFromColumns(QueryLimits limits) throws IOException {
        return columns.fields(limits);
    }

    /** Lists the fields by looking at every report. */
    List<SeenField> plainFields(QueryLimits limits) throws IOException {
        PlainFields fields = new PlainFields(limits);
        try (LogReader reports = reader()) {
            while (reports.next()) {
                SegmentReader report = reports.report();
                fields.add(report.bytes(), report.from(), report.to() - report.from());
            }
        }
        return fields.fields();
    }

    @Override
    public Optional<String> position() throws IOException {
        eraser.learn();
        Set<EraseKey> erased = eraser.pending().keySet();
        return Optional.of(position.name(erased, writer.frontier()));
    }

    @Override
    public void exportJsonLines(Selection selection, OutputStream out) throws IOException {
        SelectedReports selected = new SelectedReports(selection);
        try (LogReader reports = reader()) {
            while (reports.next()) {
                SegmentReader report = reports.report();
                if (selected.hold(report.bytes(), report.from(), report.to() - report.from())) {
                    out.write(report.bytes(), report.from(), report.to() - report.from());
                    out.write('\n');
                }
            }
            writer.measures().found(reports.damaged());
        }
    }

    /** Reads all that is kept by now: the frontier is looked at before the segments, so none before it is missed. */
    private LogReader reader() throws IOException {
        eraser.learn();
        Set<EraseKey> erased = eraser.pending().keySet();
        Frontier frontier = writer.frontier();
        return new LogReader(settings, frontier, settings.layout().segments(), erased);
    }

    @Override
    public List<Reading> readings() throws IOException {
        return writer.measures().readings(settings.layout(), writer.waitingBytes());
    }

    @Override
    public void close() throws IOException {
        columns.close();
        upkeep.close();
        eraser.close();
        try {
            writer.close();
        } finally {
            lock.close();
        }
    }
}
