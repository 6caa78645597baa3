package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.usagestats.api.Erasure;
import org.usagestats.sink.ErasableSink;
import org.usagestats.sink.ExportableSink;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.QueryableSink;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.kit.EraseKey;
import org.usagestats.sink.kit.IdWindow;
import org.usagestats.sink.kit.PlainEvaluation;

/**
 * Keeps reports in a log of JSON Lines and answers questions by reading it, other instances' segments included.
 *
 * <p>Reports are read in the order of the segments: by day, then by the segment's name, each from its beginning. So those
 * of one instance come in the order in which they were kept; those of several instances of one day come instance by
 * instance. A report that two instances have received counts once in an answer and stands twice in the export.
 */
final class JsonlSink implements QueryableSink, ExportableSink, ErasableSink {

    private static final int WINDOW_DAYS = 30;

    private final Settings settings;
    private final InstanceLock lock;
    private final Writer writer;
    private final Eraser eraser;

    private JsonlSink(Settings settings, InstanceLock lock, Writer writer, Eraser eraser) {
        this.settings = settings;
        this.lock = lock;
        this.writer = writer;
        this.eraser = eraser;
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
            Log log = new Log(settings, disk, recover(settings, disk));
            Writer writer = Writer.start(log, storedIds(settings, log, now), settings.instance());
            return new JsonlSink(settings, lock, writer, eraser(settings, disk, writer));
        } catch (IOException | RuntimeException refused) {
            lock.close();
            throw refused;
        }
    }

    /** Repairs the newest segment of this instance and returns its number, or 0 if there is none. */
    private static long recover(Settings settings, Disk disk) throws IOException {
        String instance = settings.instance();
        Optional<Segment> newest = settings.layout().segments().stream()
                .filter(segment -> segment.sequenceOf(instance) > 0)
                .max(Comparator.comparingLong(segment -> segment.sequenceOf(instance)));
        if (newest.isEmpty()) {
            return 0;
        }
        TornTail.setAside(disk, settings.layout(), newest.get());
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

    private static IdWindow storedIds(Settings settings, Log log, Instant now) throws IOException {
        LocalDate oldest = LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(WINDOW_DAYS);
        List<Segment> segments = settings.layout().segments().stream()
                .filter(segment -> !segment.day().isBefore(oldest))
                .toList();
        IdWindow window = new IdWindow();
        try (LogReader reports = new LogReader(settings, log.frontier(), segments, Set.of())) {
            new StoredIds(window).addAll(reports);
        }
        return window;
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
    public QueryResult query(Query query) throws IOException {
        PlainEvaluation evaluation = new PlainEvaluation(query);
        try (LogReader reports = reader()) {
            while (reports.next()) {
                SegmentReader report = reports.report();
                evaluation.add(report.bytes(), report.from(), report.to() - report.from());
            }
            evaluation.damaged(reports.damaged());
        }
        return evaluation.result();
    }

    @Override
    public void exportJsonLines(OutputStream out) throws IOException {
        try (LogReader reports = reader()) {
            while (reports.next()) {
                SegmentReader report = reports.report();
                out.write(report.bytes(), report.from(), report.to() - report.from());
                out.write('\n');
            }
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
    public void close() throws IOException {
        eraser.close();
        try {
            writer.close();
        } finally {
            lock.close();
        }
    }
}
