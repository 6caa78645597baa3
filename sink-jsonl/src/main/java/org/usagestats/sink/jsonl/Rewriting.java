package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.usagestats.sink.kit.EraseKey;

/**
 * Writes files anew without the reports that are to be erased: at any time a file is the old one or the new one. All other
 * lines stay as they are, byte for byte.
 */
final class Rewriting {

    private static final int BUFFER_BYTES = 1 << 16;

    private final Layout layout;
    private final Disk disk;

    Rewriting(Layout layout, Disk disk) {
        this.layout = layout;
        this.disk = disk;
    }

    private record Range(long from, long to) {}

    /** Deletes what a crash left. */
    void cleanUp() throws IOException {
        Files.deleteIfExists(unfinished());
    }

    private Path unfinished() {
        return layout.erasures().resolve("segment.tmp");
    }

    /**
     * Rewrites a segment and returns when the disk has confirmed it. A line goes if it has the key of a report; what is left
     * of a damaged line, also if only its id can be read. What is derived of it is deleted first, and out of date afterwards
     * should another make it meanwhile: so it never tells of more, or of less, than the segment has.
     *
     * @param erased the reports' keys, each with its id
     */
    void segment(Segment segment, Map<EraseKey, EraseKey> erased) throws IOException {
        Set<EraseKey> ids = new HashSet<>(erased.values());
        Files.deleteIfExists(layout.ids(segment));
        Files.deleteIfExists(layout.columns(segment));
        rewrite(
                layout.file(segment),
                segment.isNumbered(),
                traces -> traces.heads().stream()
                        .anyMatch(head ->
                                head.eraseKey().filter(erased::containsKey).isPresent()
                                        || (isTorn(traces, head) && hasId(head, ids))));
        Files.deleteIfExists(layout.columns(segment));
    }

    private static boolean isTorn(Traces traces, StoredHead head) {
        return !traces.whole() && head.eraseHash().isEmpty();
    }

    /** Rewrites what was set aside from a segment, which nobody was promised to keep: there an id is enough. */
    void quarantined(Path file, Set<EraseKey> ids) throws IOException {
        rewrite(file, true, traces -> traces.heads().stream().anyMatch(head -> hasId(head, ids)));
    }

    private static boolean hasId(StoredHead head, Set<EraseKey> ids) {
        return head.uuid().map(EraseKey::ofId).filter(ids::contains).isPresent();
    }

    private void rewrite(Path file, boolean numbered, Predicate<Traces> erased) throws IOException {
        List<Range> kept = kept(file, numbered, erased);
        if (kept.size() == 1) {
            return;
        }
        cleanUp();
        try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ);
                FileChannel to = disk.create(unfinished())) {
            for (Range range : kept) {
                copy(from, range, to);
            }
            disk.sync(to);
        }
        disk.replace(unfinished(), file);
        disk.syncDirectory(file.resolveSibling(""));
    }

    /** The ranges of a file between the lines that are erased: one more than there are of these. */
    private static List<Range> kept(Path file, boolean numbered, Predicate<Traces> erased) throws IOException {
        List<Range> kept = new ArrayList<>();
        try (LineReader lines = new LineReader(file, Long.MAX_VALUE)) {
            long from = 0;
            long line = 0;
            for (LineReader.Step step = lines.next(); step != LineReader.Step.END; step = lines.next()) {
                if (erased.test(Traces.of(lines, step, numbered))) {
                    kept.add(new Range(from, line));
                    from = lines.offset();
                }
                line = lines.offset();
            }
            kept.add(new Range(from, line));
        }
        return kept;
    }

    private void copy(FileChannel from, Range range, FileChannel to) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        long at = range.from;
        while (at < range.to) {
            int read = from.read(buffer.limit((int) Math.min(BUFFER_BYTES, range.to - at)), at);
            if (read < 0) {
                throw new IOException("a segment became shorter while it was read");
            }
            at += read;
            disk.write(to, buffer.flip());
            buffer.clear();
        }
    }
}
