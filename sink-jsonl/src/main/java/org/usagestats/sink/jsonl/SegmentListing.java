package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lists the segments without reading directories again that were not changed since. What was changed just before it was read
 * is read again, since clocks of file systems are coarse. For use by several threads.
 */
final class SegmentListing {

    private static final Duration COARSE = Duration.ofSeconds(3);

    private final Layout layout;
    private final Map<LocalDate, Read<List<Segment>>> days = new HashMap<>();
    private @Nullable Read<List<LocalDate>> root;

    /** What was read in a directory, and when that had been changed. */
    private record Read<T>(FileTime changed, Instant at, T found) {

        boolean isStillTrue(FileTime now) {
            return changed.equals(now) && changed.toInstant().plus(COARSE).isBefore(at);
        }
    }

    private interface Source<T> {
        T read() throws IOException;
    }

    SegmentListing(Layout layout) {
        this.layout = layout;
    }

    /** All segments there are, in their order. */
    synchronized List<Segment> segments() throws IOException {
        root = read(layout.root(), root, layout::days);
        List<LocalDate> there = root.found;
        days.keySet().retainAll(Set.copyOf(there));
        List<Segment> segments = new ArrayList<>();
        for (LocalDate day : there) {
            try {
                Read<List<Segment>> read = read(layout.directory(day), days.get(day), () -> layout.segments(day));
                days.put(day, read);
                segments.addAll(read.found);
            } catch (NoSuchFileException deleted) {
                days.remove(day);
            }
        }
        return segments;
    }

    private static <T> Read<T> read(Path directory, @Nullable Read<T> before, Source<T> source) throws IOException {
        FileTime changed = Files.getLastModifiedTime(directory);
        return before != null && before.isStillTrue(changed)
                ? before
                : new Read<>(changed, Instant.now(), source.read());
    }
}
