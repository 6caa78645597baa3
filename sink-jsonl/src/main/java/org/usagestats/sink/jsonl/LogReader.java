package org.usagestats.sink.jsonl;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.NoSuchFileException;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usagestats.sink.kit.EraseKey;

/**
 * Walks over the reports of a log, segment by segment. Damage is counted and passed over; other instances may go on
 * writing meanwhile.
 */
final class LogReader implements Closeable {

    private static final System.Logger LOG = System.getLogger("org.usagestats.sink.jsonl");

    private final Settings settings;
    private final Frontier frontier;
    private final Iterator<Segment> segments;
    private final Set<EraseKey> erased;
    private @Nullable SegmentReader current;
    private long damaged;

    /**
     * Starts before the first report.
     *
     * @param settings whose log it is
     * @param frontier how far the segments of this instance may be read
     * @param segments the segments to read, in this order
     * @param erased the reports to pass over
     */
    LogReader(Settings settings, Frontier frontier, List<Segment> segments, Set<EraseKey> erased) {
        this.settings = settings;
        this.frontier = frontier;
        this.segments = segments.iterator();
        this.erased = erased;
    }

    /** Goes to the next report; false if there is none. */
    boolean next() throws IOException {
        while (true) {
            if (current != null && nextIn(current)) {
                return true;
            }
            if (!segments.hasNext()) {
                return false;
            }
            open(segments.next());
        }
    }

    private void open(Segment segment) {
        long sequence = segment.sequenceOf(settings.instance());
        long readable = sequence == 0 ? Long.MAX_VALUE : frontier.readable(sequence);
        if (readable == 0) {
            return;
        }
        try {
            current = new SegmentReader(segment, settings.layout(), settings.instance(), readable);
        } catch (NoSuchFileException deleted) {
            LOG.log(Level.DEBUG, "{0} is older than the reports to be kept", segment);
        } catch (IOException unreadable) {
            skip(segment, unreadable);
        }
    }

    private boolean nextIn(SegmentReader reports) throws IOException {
        try {
            while (reports.next()) {
                if (!isErased(reports)) {
                    return true;
                }
            }
        } catch (IOException unreadable) {
            skip(reports.segment(), unreadable);
        }
        damaged += reports.damaged();
        current = null;
        reports.close();
        return false;
    }

    private boolean isErased(SegmentReader report) {
        return !erased.isEmpty()
                && StoredHead.of(report.bytes(), report.from(), report.to())
                        .eraseKey()
                        .filter(erased::contains)
                        .isPresent();
    }

    private void skip(Segment segment, IOException unreadable) {
        damaged++;
        LOG.log(
                Level.WARNING,
                "cannot read all of " + settings.layout().found(segment) + ": " + Failure.reason(unreadable));
    }

    /** Where the report stands until the next step. */
    SegmentReader report() {
        if (current == null) {
            throw new IllegalStateException("there is no report here");
        }
        return current;
    }

    /** How many lines, or segments, could not be read; final when there is no next report. */
    long damaged() {
        return damaged;
    }

    @Override
    public void close() throws IOException {
        if (current != null) {
            current.close();
        }
    }
}
