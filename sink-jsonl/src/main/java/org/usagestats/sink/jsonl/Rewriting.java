package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.usagestats.sink.kit.Disk;
import org.usagestats.sink.kit.EraseKey;

/**
 * Writes files anew without the reports that are to be erased: at any time a file is the old one or the new one. All other
 * lines stay as they are, byte for byte. A file that is compressed is compressed again; what cannot be decompressed of a damaged
 * one is not kept.
 */
final class Rewriting {

    private static final System.Logger LOG = System.getLogger("org.usagestats.sink.jsonl");

    private static final int BUFFER_BYTES = 1 << 16;

    private final Layout layout;
    private final Disk disk;

    Rewriting(Layout layout, Disk disk) {
        this.layout = layout;
        this.disk = disk;
    }

    private record Range(long from, long to) {}

    /**
     * What is left of a file.
     *
     * @param ranges the ranges between the lines that are erased: one more than there are of these
     * @param damaged whether what follows cannot be decompressed
     */
    private record Kept(List<Range> ranges, boolean damaged) {}

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
                onlyFile(segment),
                segment.isNumbered(),
                traces -> traces.heads().stream()
                        .anyMatch(head ->
                                head.eraseKey().filter(erased::containsKey).isPresent()
                                        || (isTorn(traces, head) && hasId(head, ids))));
        Files.deleteIfExists(layout.columns(segment));
    }

    /** The file of a segment; of one that a crash has left plain and compressed only the plain one stays. */
    private Path onlyFile(Segment segment) throws IOException {
        Path plain = layout.file(segment);
        Path compressed = layout.compressed(segment);
        if (Files.notExists(plain)) {
            return compressed;
        }
        if (Files.exists(compressed)) {
            disk.delete(compressed);
            disk.syncDirectory(layout.directory(segment.day()));
        }
        return plain;
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
        Kept kept = kept(file, numbered, erased);
        if (kept.ranges.size() == 1) {
            return;
        }
        if (kept.damaged) {
            LOG.log(Level.WARNING, "what cannot be decompressed goes with what is erased from {0}", file);
        }
        cleanUp();
        Form form = Form.of(file);
        try (InputStream from = form.open(file);
                FileChannel to = disk.create(unfinished())) {
            try (OutputStream lines = form.to(new DiskOutput(disk, to))) {
                copy(from, kept.ranges, lines);
            }
            disk.sync(to);
        }
        disk.replace(unfinished(), file);
        disk.syncDirectory(file.resolveSibling(""));
    }

    private static Kept kept(Path file, boolean numbered, Predicate<Traces> erased) throws IOException {
        List<Range> kept = new ArrayList<>();
        boolean damaged = false;
        try (LineReader lines = new LineReader(file, Long.MAX_VALUE)) {
            long from = 0;
            long line = 0;
            for (LineReader.Step step = lines.next(); step != LineReader.Step.END; step = lines.next()) {
                if (erased.test(Traces.of(lines, step, numbered))) {
                    kept.add(new Range(from, line));
                    from = lines.offset();
                }
                damaged |= step == LineReader.Step.UNREADABLE;
                line = lines.offset();
            }
            kept.add(new Range(from, line));
        }
        return new Kept(kept, damaged);
    }

    private static void copy(InputStream from, List<Range> ranges, OutputStream to) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long at = 0;
        for (Range range : ranges) {
            from.skipNBytes(range.from - at);
            at = range.from;
            while (at < range.to) {
                int read = from.read(buffer, 0, (int) Math.min(BUFFER_BYTES, range.to - at));
                if (read < 0) {
                    throw new IOException("a segment became shorter while it was read");
                }
                to.write(buffer, 0, read);
                at += read;
            }
        }
    }
}
