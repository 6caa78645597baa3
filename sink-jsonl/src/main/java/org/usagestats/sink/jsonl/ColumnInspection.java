package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryLimits;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.columns.ColumnAnswers;
import org.usagestats.sink.columns.ColumnFile;
import org.usagestats.sink.columns.Columns;
import org.usagestats.sink.columns.Costs;
import org.usagestats.sink.columns.Needs;
import org.usagestats.sink.columns.NotIndexedException;
import org.usagestats.sink.columns.Part;
import org.usagestats.sink.columns.PartBuilder;
import org.usagestats.sink.columns.Workers;
import org.usagestats.sink.kit.EraseKey;
import org.usagestats.sink.kit.LocalDisk;

/**
 * Answers a question about a log without any right on it, beside the collectors that write it, and changes nothing: from the
 * columns that these have derived and, where there are none or they are out of date, from the segments themselves.
 *
 * <p>Of the segments just what the question is about is taken in, in stretches that the processors share. There may not be more
 * of it than fits into memory. Used once.
 */
final class ColumnInspection {

    private static final System.Logger LOG = System.getLogger("org.usagestats.sink.jsonl");
    private static final String NOBODY = "";

    private final Layout layout;
    private final long mostMemory;
    private final AtomicLong memory = new AtomicLong();
    private final Set<EraseKey> erased = new HashSet<>();

    /**
     * Prepares to look at a log.
     *
     * @param mostMemory how many bytes of memory what is read from segments may take
     */
    ColumnInspection(Layout layout, long mostMemory) {
        this.layout = layout;
        this.mostMemory = mostMemory;
    }

    /**
     * Answers a question.
     *
     * @throws IOException if it must be answered report by report
     */
    QueryResult answer(Query query, QueryLimits limits) throws IOException {
        Costs costs = new Costs(limits);
        new EraseList(layout, new LocalDisk()).news().forEach(report -> erased.add(report.key()));
        try (Workers workers =
                new Workers("usagestats-jsonl-question", Runtime.getRuntime().availableProcessors(), () -> false)) {
            return new ColumnAnswers(workers).of(query, costs, columns(Needs.of(query), workers));
        }
    }

    private List<Columns> columns(Needs needs, Workers workers) throws IOException {
        List<Segment> segments = layout.segments();
        Set<Segment> newest = Segment.newest(segments);
        List<Callable<Optional<Columns>>> looks = new ArrayList<>();
        segments.forEach(segment -> looks.add(() -> derived(segment)));
        List<Optional<Columns>> derived = workers.all(looks);
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            if (derived.get(i).isEmpty()) {
                Segment segment = segments.get(i);
                readings.addAll(Reading.of(layout, segment, newest.contains(segment)));
            }
        }
        Map<Object, Columns> read = read(readings, needs, workers);
        List<Columns> all = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            Columns asItIs = read.get(segments.get(i));
            derived.get(i).or(() -> Optional.ofNullable(asItIs)).ifPresent(all::add);
        }
        return all;
    }

    /** The columns that a collector has derived, if they can be taken as they are. */
    private Optional<Columns> derived(Segment segment) {
        try {
            if (mayHoldErased(segment)) {
                return Optional.empty();
            }
            ColumnFile file = ColumnFile.open(
                    layout.columns(segment),
                    layout.look(segment, found -> IdFile.Origin.of(0, found).bytes()));
            return Optional.of(new Columns(segment, file, file.parts(), file.damagedLines()));
        } catch (IOException unusable) {
            LOG.log(Level.DEBUG, "{0} is read as it is: {1}", segment, Failure.reason(unusable));
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
        KeyFile.Version version = layout.look(segment, KeyFile.Version::of);
        try (KeyFile keys = KeyFile.open(layout.keys(segment), version)) {
            return !keys.find(erased.stream().sorted().toList()).isEmpty();
        }
    }

    /** A stretch of a segment that is read, of the very file that was divided. */
    private record Reading(
            Segment segment,
            boolean growing,
            Path file,
            @Nullable Object key,
            Stretch stretch) {

        static List<Reading> of(Layout layout, Segment segment, boolean growing) throws IOException {
            try {
                Path file = layout.look(segment, found -> found.toRealPath());
                Object key = keyOf(file);
                return Stretch.of(file).stream()
                        .map(stretch -> new Reading(segment, growing, file, key, stretch))
                        .toList();
            } catch (NoSuchFileException deleted) {
                return List.of();
            }
        }

        void requireSameFile() throws IOException {
            if (!Objects.equals(key, keyOf(file))) {
                throw new NotIndexedException("reports are being erased from " + segment);
            }
        }

        private static @Nullable Object keyOf(Path file) throws IOException {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        }
    }

    private Map<Object, Columns> read(List<Reading> readings, Needs needs, Workers workers) throws IOException {
        List<Callable<Columns>> tasks = new ArrayList<>();
        readings.forEach(reading -> tasks.add(() -> read(reading, needs)));
        Map<Object, Columns> read = new HashMap<>();
        for (Columns stretch : workers.all(tasks)) {
            read.merge(stretch.source(), stretch, Columns::and);
        }
        return read;
    }

    private Columns read(Reading reading, Needs needs) throws IOException {
        Segment segment = reading.segment();
        String instance = reading.growing() ? NOBODY : segment.instance().orElse(NOBODY);
        Stretch stretch = reading.stretch();
        List<Part> parts = new ArrayList<>();
        LineReader lines = LineReader.from(reading.file(), stretch.from(), stretch.to());
        try (SegmentReader reports = new SegmentReader(segment, instance, lines)) {
            PartBuilder builder = new PartBuilder(needs);
            while (reports.next()) {
                if (!isErased(reports)) {
                    builder.add(reports.bytes(), reports.from(), reports.to());
                }
                if (builder.isFull()) {
                    parts.add(part(builder));
                    builder = new PartBuilder(needs);
                }
            }
            if (builder.rows() > 0) {
                parts.add(part(builder));
            }
            reading.requireSameFile();
            return new Columns(segment, parts, parts, reports.damaged());
        }
    }

    private Part part(PartBuilder builder) throws NotIndexedException {
        if (memory.addAndGet(builder.memory()) > mostMemory) {
            throw new NotIndexedException("what segments without columns hold takes more memory than it may");
        }
        return builder.part();
    }

    private boolean isErased(SegmentReader report) {
        return !erased.isEmpty()
                && StoredHead.of(report.bytes(), report.from(), report.to())
                        .eraseKey()
                        .filter(erased::contains)
                        .isPresent();
    }
}
