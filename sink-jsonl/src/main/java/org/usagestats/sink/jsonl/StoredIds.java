package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.usagestats.sink.kit.Disk;
import org.usagestats.sink.kit.IdWindow;

/**
 * What a log tells an {@link IdWindow}: of a segment that is sealed by its {@link IdFile}, so that a restart reads 16 bytes
 * a report; of the others by reading them.
 *
 * <p>All of it is derived: what is missing, damaged or out of date is made anew from the segment.
 */
final class StoredIds {

    private static final System.Logger LOG = System.getLogger("org.usagestats.sink.jsonl");
    private static final int WINDOW_DAYS = 30;

    private final Settings settings;
    private final Disk disk;
    private final SegmentIds ids;
    private final long key;

    /**
     * Starts with what another may have written.
     *
     * @param window the window that is told, which has the key of the directory
     */
    StoredIds(Settings settings, Disk disk, IdWindow window) {
        this.settings = settings;
        this.disk = disk;
        this.ids = new SegmentIds(window);
        this.key = window.fingerprint(new UUID(0, 0), new byte[0], 0, 0).identity();
    }

    /**
     * Adds all reports of the last days to a window, each as received when its segment's day began.
     *
     * @param open the number of the first segment of this instance that is not sealed
     */
    void addTo(IdWindow window, Instant now, long open) throws IOException {
        List<Segment> segments = settings.layout().segments();
        List<Segment> recent = recent(segments, now);
        expected(recent).forEach((day, reports) -> window.expect(reports, begin(day)));
        for (Segment segment : recent) {
            Instant received = begin(segment.day());
            if (!isSealed(segment, segments, open) || !recall(segment, window, received)) {
                read(segment, (identity, content) -> window.add(identity, content, received));
            }
        }
    }

    private static Instant begin(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** About how many reports each day has, by the lengths of what is derived. */
    private Map<LocalDate, Long> expected(List<Segment> segments) {
        Map<LocalDate, Long> reports = new LinkedHashMap<>();
        for (Segment segment : segments) {
            try {
                // A report takes more than a pair of hashes: what claims to have more pairs than that is no help.
                long bytes = Math.min(
                        Files.size(settings.layout().ids(segment)),
                        settings.layout().look(segment, Files::size));
                reports.merge(segment.day(), bytes / (2 * Long.BYTES), Long::sum);
            } catch (IOException unknown) {
                LOG.log(Level.DEBUG, "how many reports {0} has is not known yet", segment);
            }
        }
        return reports;
    }

    /** Makes what is missing or out of date, for the next start. */
    void bringUpToDate(Instant now, long open) throws IOException {
        List<Segment> segments = settings.layout().segments();
        for (Segment segment : recent(segments, now)) {
            if (isSealed(segment, segments, open)) {
                try {
                    IdFile.open(settings.layout().ids(segment), origin(segment)).close();
                } catch (IOException unusable) {
                    make(segment);
                }
            }
        }
    }

    private static List<Segment> recent(List<Segment> segments, Instant now) {
        LocalDate oldest = LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(WINDOW_DAYS);
        return segments.stream()
                .filter(segment -> !segment.day().isBefore(oldest))
                .toList();
    }

    private boolean isSealed(Segment segment, List<Segment> segments, long open) {
        long sequence = segment.sequenceOf(settings.instance());
        return sequence == 0 ? !Segment.newest(segments).contains(segment) : sequence < open;
    }

    private IdFile.Origin origin(Segment segment) throws IOException {
        return settings.layout().look(segment, file -> IdFile.Origin.of(key, file));
    }

    /** Tells a window what is derived from a segment, once that is there; false if it cannot be. */
    private boolean recall(Segment segment, IdWindow window, Instant received) {
        return handOut(segment, window, received) || (make(segment) && handOut(segment, window, received));
    }

    private boolean handOut(Segment segment, IdWindow window, Instant received) {
        try (IdFile file = IdFile.open(settings.layout().ids(segment), origin(segment))) {
            file.forEach(pairs -> window.addAll(pairs, received));
            return true;
        } catch (IOException unusable) {
            return false;
        }
    }

    /** Writes what is derived from a segment; false if it cannot be. */
    private boolean make(Segment segment) {
        Path file = settings.layout().ids(segment);
        Path unfinished = file.resolveSibling(settings.instance() + ".ids.tmp");
        try {
            disk.createDirectory(settings.layout().derived());
            Files.deleteIfExists(unfinished);
            write(segment, unfinished);
            disk.replace(unfinished, file);
            settings.layout().deleteOrphans(segment);
            disk.syncDirectory(settings.layout().derived());
            return true;
        } catch (NoSuchFileException gone) {
            return false;
        } catch (IOException notWritten) {
            LOG.log(Level.WARNING, "{0} is not there to save time: {1}", file, Failure.reason(notWritten));
            return false;
        }
    }

    /** Looks at the segment before it is read: if it is replaced meanwhile, the file is out of date at once. */
    private void write(Segment segment, Path unfinished) throws IOException {
        IdFile.Origin origin = origin(segment);
        try (SegmentReader reports =
                        new SegmentReader(segment, settings.layout(), settings.instance(), Long.MAX_VALUE);
                IdFile.Writing writing = new IdFile.Writing(disk, unfinished)) {
            while (reports.next()) {
                ids.of(reports, writing);
            }
            writing.finish(origin);
        }
    }

    private void read(Segment segment, IdFile.Taker taker) throws IOException {
        Frontier everything = new Frontier(Long.MAX_VALUE, Long.MAX_VALUE);
        try (LogReader reports = new LogReader(settings, everything, List.of(segment), Set.of())) {
            while (reports.next()) {
                ids.of(reports.report(), taker);
            }
        }
    }
}
