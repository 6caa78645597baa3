package org.usagestats.sink.jsonl;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.usagestats.sink.QueryTooLargeException;
import org.usagestats.sink.columns.ColumnFile;
import org.usagestats.sink.columns.Columns;
import org.usagestats.sink.columns.Costs;
import org.usagestats.sink.columns.NotIndexedException;
import org.usagestats.sink.columns.PartBuilder;
import org.usagestats.sink.columns.Workers;
import org.usagestats.sink.kit.Disk;

/**
 * The reports of a log by columns: of a segment that is sealed by its {@link ColumnFile}, of those that grow by columns in
 * memory, to which a question adds what was written since the last.
 *
 * <p>All of it is derived: what is missing, damaged or out of date is made anew from the segment. For use by several
 * threads.
 */
final class ColumnIndex implements Closeable {

    private static final System.Logger LOG = System.getLogger("org.usagestats.sink.jsonl");

    private static final String UNFINISHED = ".columns.tmp";
    private static final Duration ABANDONED = Duration.ofMinutes(10);

    private final Settings settings;
    private final Disk disk;
    private final Workers workers;
    private final SegmentListing listing;
    private final Map<Segment, Sealed> sealed = new ConcurrentHashMap<>();
    private final Map<Segment, GrowingColumns> growing = new ConcurrentHashMap<>();
    private final Map<Segment, Object> locks = new ConcurrentHashMap<>();

    private volatile boolean closed;

    private record Sealed(KeyFile.Version version, Columns columns) {}

    ColumnIndex(Settings settings, Disk disk, Workers workers) {
        this.settings = settings;
        this.disk = disk;
        this.workers = workers;
        this.listing = new SegmentListing(settings.layout());
    }

    /**
     * Looks at all reports that are kept.
     *
     * @param frontier how far the segments of this instance may be read
     * @param costs how long that may take; what was made until then stays
     * @return the segments in their order; those that were deleted meanwhile are left out
     */
    List<Columns> upTo(Frontier frontier, Costs costs) throws IOException {
        List<Segment> segments = listing.segments();
        Set<Segment> newest = Segment.newest(segments);
        List<Callable<Optional<Columns>>> tasks = new ArrayList<>();
        for (Segment segment : segments) {
            long sequence = segment.sequenceOf(settings.instance());
            long readable = sequence == 0 ? Long.MAX_VALUE : frontier.readable(sequence);
            boolean grows = sequence == 0 ? newest.contains(segment) : readable < Long.MAX_VALUE;
            if (readable > 0) {
                tasks.add(() -> {
                    requireTime(costs, segment);
                    return grows ? growing(segment, readable) : sealed(segment);
                });
            }
        }
        forgetAllBut(segments);
        List<Columns> columns = new ArrayList<>();
        workers.all(tasks).forEach(one -> one.ifPresent(columns::add));
        return columns;
    }

    private void requireTime(Costs costs, Segment segment) throws QueryTooLargeException {
        if (costs.isLate() && !sealed.containsKey(segment) && !growing.containsKey(segment)) {
            throw QueryTooLargeException.tooEarly(
                    "the collector still makes columns of older reports, from which it answers: ask again in a while");
        }
    }

    /** How many of the segments that are sealed have no columns yet. */
    long missing(long open) throws IOException {
        List<Segment> segments = settings.layout().segments();
        Set<Segment> newest = Segment.newest(segments);
        return segments.stream()
                .filter(segment -> isSealed(segment, newest, open))
                .filter(segment -> Files.notExists(settings.layout().columns(segment)))
                .count();
    }

    private boolean isSealed(Segment segment, Set<Segment> newest, long open) {
        long sequence = segment.sequenceOf(settings.instance());
        return sequence == 0 ? !newest.contains(segment) : sequence < open;
    }

    private void forgetAllBut(List<Segment> segments) {
        Set<Segment> there = new HashSet<>(segments);
        sealed.keySet().retainAll(there);
        growing.keySet().retainAll(there);
        locks.keySet().retainAll(there);
    }

    /** Makes what is missing or out of date of the segments that are sealed. */
    void bringUpToDate(long open) throws IOException {
        deleteAbandoned();
        List<Segment> segments = settings.layout().segments();
        Set<Segment> newest = Segment.newest(segments);
        for (Segment segment : segments) {
            if (closed) {
                return;
            }
            if (isSealed(segment, newest, open)) {
                try {
                    stored(segment);
                } catch (NotIndexedException notWritten) {
                    return;
                }
            }
        }
    }

    private Optional<Columns> growing(Segment segment, long readable) throws IOException {
        try {
            return Optional.of(growing.computeIfAbsent(
                            segment,
                            unread -> new GrowingColumns(
                                    segment, settings.layout().file(segment), settings.instance()))
                    .upTo(readable));
        } catch (NoSuchFileException compressedOrDeleted) {
            growing.remove(segment);
            return stored(segment);
        }
    }

    private Optional<Columns> sealed(Segment segment) throws IOException {
        GrowingColumns grown = growing.get(segment);
        if (grown != null
                && !sealed.containsKey(segment)
                && Files.notExists(settings.layout().columns(segment))) {
            return growing(segment, Long.MAX_VALUE);
        }
        return stored(segment);
    }

    private Optional<Columns> stored(Segment segment) throws IOException {
        try {
            KeyFile.Version version = settings.layout().look(segment, KeyFile.Version::of);
            Sealed known = sealed.get(segment);
            if (known == null || !known.version.equals(version)) {
                synchronized (locks.computeIfAbsent(segment, first -> new Object())) {
                    known = sealed.get(segment);
                    if (known == null || !known.version.equals(version)) {
                        known = new Sealed(version, open(segment, version));
                        sealed.put(segment, known);
                        growing.remove(segment);
                    }
                }
            }
            return Optional.of(known.columns);
        } catch (NoSuchFileException deleted) {
            if (settings.layout().exists(segment)) {
                throw new NotIndexedException(segment + " is being rewritten");
            }
            return Optional.empty();
        }
    }

    private Columns open(Segment segment, KeyFile.Version version) throws IOException {
        IdFile.Origin origin = settings.layout().look(segment, file -> IdFile.Origin.of(0, file));
        Path path = settings.layout().columns(segment);
        ColumnFile file;
        try {
            file = ColumnFile.open(path, origin.bytes());
        } catch (IOException unusable) {
            make(segment, origin, path);
            file = ColumnFile.open(path, origin.bytes());
        }
        GrowingColumns grown = growing.get(segment);
        Object content = grown != null && grown.read() == version.bytes() ? grown.content() : file;
        return new Columns(segment, content, file.parts(), file.damagedLines());
    }

    /** Forgets a file that could not be read as it should, so that it is made anew. */
    void forget(Path file) throws IOException {
        sealed.keySet().removeIf(segment -> settings.layout().columns(segment).equals(file));
        Files.deleteIfExists(file);
    }

    private void make(Segment segment, IdFile.Origin origin, Path path) throws IOException {
        Path unfinished = path.resolveSibling(
                settings.instance() + "." + Thread.currentThread().getId() + UNFINISHED);
        try {
            disk.createDirectory(settings.layout().derived());
            Files.deleteIfExists(unfinished);
            write(segment, origin, unfinished);
            disk.replace(unfinished, path);
            deleteIfReplaced(segment, origin);
            settings.layout().deleteOrphans(segment);
        } catch (NoSuchFileException deleted) {
            throw deleted;
        } catch (IOException notWritten) {
            LOG.log(Level.WARNING, "{0} is not there to save time: {1}", path, Failure.reason(notWritten));
            throw new NotIndexedException(Failure.reason(notWritten));
        }
    }

    /** Leaves nothing behind of reports that were erased meanwhile. */
    private void deleteIfReplaced(Segment segment, IdFile.Origin origin) throws IOException {
        if (!settings.layout().look(segment, KeyFile.Version::of).equals(origin.segment())) {
            Files.deleteIfExists(settings.layout().columns(segment));
        }
    }

    /** Deletes what a crash of this instance has left. */
    void deleteUnfinished() throws IOException {
        deleteUnfinished(file -> file.getFileName().toString().startsWith(settings.instance() + "."));
    }

    private void deleteUnfinished(DirectoryStream.Filter<Path> which) throws IOException {
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(settings.layout().derived(), "*" + UNFINISHED)) {
            for (Path file : files) {
                if (which.accept(file)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (NoSuchFileException nothingThere) {
            LOG.log(
                    Level.DEBUG,
                    "nothing is derived yet in {0}",
                    settings.layout().root());
        }
    }

    /** Deletes what a crash of any instance has left. */
    private void deleteAbandoned() throws IOException {
        Instant before = Instant.now().minus(ABANDONED);
        deleteUnfinished(file -> Files.getLastModifiedTime(file).toInstant().isBefore(before));
    }

    /** Ends what goes on in the background, after the segment that it is at. */
    @Override
    public void close() {
        closed = true;
    }

    private void write(Segment segment, IdFile.Origin origin, Path unfinished) throws IOException {
        try (SegmentReader reports =
                        new SegmentReader(segment, settings.layout(), settings.instance(), Long.MAX_VALUE);
                FileChannel file = disk.create(unfinished)) {
            ColumnFile.Writing writing = new ColumnFile.Writing(new DiskOutput(disk, file));
            PartBuilder builder = new PartBuilder();
            while (reports.next()) {
                builder.add(reports.bytes(), reports.from(), reports.to());
                if (builder.isFull()) {
                    writing.add(builder);
                    builder = new PartBuilder();
                }
            }
            if (builder.rows() > 0) {
                writing.add(builder);
            }
            writing.finish(origin.bytes(), reports.damaged());
        }
    }
}
