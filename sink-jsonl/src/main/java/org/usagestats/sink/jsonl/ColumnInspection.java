package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryLimits;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.kit.EraseKey;

/**
 * Answers a question about a log without any right on it, beside the collectors that write it, and changes nothing: from the
 * columns that these have derived and, where there are none or they are out of date, from the segments themselves.
 *
 * <p>That takes memory for what is read from segments, so there may not be too much of them.
 */
final class ColumnInspection {

    private static final System.Logger LOG = System.getLogger("org.usagestats.sink.jsonl");
    private static final String NOBODY = "";

    private final Layout layout;
    private final long mostBytes;
    private final Set<EraseKey> erased = new HashSet<>();

    /**
     * Prepares to look at a log.
     *
     * @param mostBytes how many bytes of segments may be read
     */
    ColumnInspection(Layout layout, long mostBytes) {
        this.layout = layout;
        this.mostBytes = mostBytes;
    }

    /**
     * Answers a question.
     *
     * @throws IOException if it must be answered report by report
     */
    QueryResult answer(Query query, QueryLimits limits) throws IOException {
        Costs costs = new Costs(limits);
        new EraseList(layout, new LocalDisk()).news().forEach(report -> erased.add(report.key()));
        try (Workers workers = new Workers("inspection")) {
            return new ColumnAnswers(workers).of(query, costs, columns(workers), Map.of());
        }
    }

    private List<SegmentColumns> columns(Workers workers) throws IOException {
        List<Segment> segments = layout.segments();
        Set<Segment> growing = Segment.newest(segments);
        List<Optional<SegmentColumns>> derived = workers.all(tasks(segments, this::derived));
        requireFew(segments, derived);
        List<Callable<Optional<SegmentColumns>>> tasks = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            Optional<SegmentColumns> known = derived.get(i);
            tasks.add(() -> known.isPresent() ? known : read(segment, growing.contains(segment)));
        }
        return workers.all(tasks).stream().flatMap(Optional::stream).toList();
    }

    private interface Source {
        Optional<SegmentColumns> of(Segment segment) throws IOException;
    }

    private static List<Callable<Optional<SegmentColumns>>> tasks(List<Segment> segments, Source source) {
        List<Callable<Optional<SegmentColumns>>> tasks = new ArrayList<>();
        segments.forEach(segment -> tasks.add(() -> source.of(segment)));
        return tasks;
    }

    /** The columns that a collector has derived, if they can be taken as they are. */
    private Optional<SegmentColumns> derived(Segment segment) {
        Path segmentFile = layout.file(segment);
        try {
            if (mayHoldErased(segment)) {
                return Optional.empty();
            }
            ColumnFile file = ColumnFile.open(layout.columns(segment), IdFile.Origin.of(0, segmentFile));
            return Optional.of(new SegmentColumns(segment, file, file.parts(), file.damagedLines()));
        } catch (IOException unusable) {
            LOG.log(Level.DEBUG, "{0} is read as it is: {1}", segmentFile, Failure.reason(unusable));
            return Optional.empty();
        }
    }

    /**
     * Tells whether a report of the segment was erased and may still be in it.
     *
     * @throws IOException if there is no way to know
     */
    private boolean mayHoldErased(Segment segment) throws IOException {
        if (erased.isEmpty()) {
            return false;
        }
        KeyFile.Version version = KeyFile.Version.of(layout.file(segment));
        try (KeyFile keys = KeyFile.open(layout.keys(segment), version)) {
            return !keys.find(erased.stream().sorted().toList()).isEmpty();
        }
    }

    private void requireFew(List<Segment> segments, List<Optional<SegmentColumns>> derived) throws IOException {
        long bytes = 0;
        for (int i = 0; i < segments.size(); i++) {
            Path file = layout.file(segments.get(i));
            bytes += derived.get(i).isPresent() || Files.notExists(file) ? 0 : Files.size(file);
        }
        if (bytes > mostBytes) {
            throw new NotIndexedException(bytes + " bytes of segments have no columns");
        }
    }

    private Optional<SegmentColumns> read(Segment segment, boolean growing) throws IOException {
        String instance = growing ? NOBODY : segment.instance().orElse(NOBODY);
        List<Part> parts = new ArrayList<>();
        PartBuilder builder = new PartBuilder();
        try (SegmentReader reports = new SegmentReader(segment, layout.file(segment), instance, Long.MAX_VALUE)) {
            while (reports.next()) {
                if (!isErased(reports)) {
                    builder.add(reports.bytes(), reports.from(), reports.to());
                }
                if (builder.isFull()) {
                    parts.add(new GrowingPart(builder));
                    builder = new PartBuilder();
                }
            }
            if (builder.rows() > 0) {
                parts.add(new GrowingPart(builder));
            }
            return Optional.of(new SegmentColumns(segment, parts, List.copyOf(parts), reports.damaged()));
        } catch (NoSuchFileException deleted) {
            return Optional.empty();
        }
    }

    private boolean isErased(SegmentReader report) {
        return !erased.isEmpty()
                && StoredHead.of(report.bytes(), report.from(), report.to())
                        .eraseKey()
                        .filter(erased::contains)
                        .isPresent();
    }
}
