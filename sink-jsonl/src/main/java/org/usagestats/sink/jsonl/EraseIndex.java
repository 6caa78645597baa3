package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.usagestats.sink.kit.Disk;
import org.usagestats.sink.kit.EraseKey;

/**
 * Tells which segments hold a report that may be erased, without reading them again: of a segment that is sealed by its
 * {@link KeyFile}, of the newest of each instance by keys in memory, to which a look adds what was written since the last.
 *
 * <p>All of it is derived: what is missing, damaged or out of date is made anew from the segment. For use by several
 * threads.
 */
final class EraseIndex {

    private static final System.Logger LOG = System.getLogger("org.usagestats.sink.jsonl");

    private final Settings settings;
    private final Disk disk;
    private final Map<Segment, Growing> newest = new HashMap<>();
    private volatile boolean closed;

    EraseIndex(Settings settings, Disk disk) {
        this.settings = settings;
        this.disk = disk;
    }

    /** The keys of a segment to which reports are being added. */
    private static final class Growing {
        private final Set<EraseKey> keys = new HashSet<>();
        private long read;
    }

    /**
     * Finds reports.
     *
     * @param wanted their keys; with none, everything derived is brought up to date
     * @param frontier how far the segments of this instance may be read
     * @return the keys that were found, by segment
     */
    synchronized Map<Segment, Set<EraseKey>> find(Collection<EraseKey> wanted, Supplier<Frontier> frontier)
            throws IOException {
        List<EraseKey> sorted = new ArrayList<>(new TreeSet<>(wanted));
        List<Segment> segments = settings.layout().segments();
        Set<Segment> growing = Segment.newest(segments);
        newest.keySet().retainAll(growing);
        Map<Segment, Set<EraseKey>> found = new LinkedHashMap<>();
        for (Segment segment : segments) {
            if (closed) {
                throw new IOException("the sink is closed");
            }
            Set<EraseKey> here = growing.contains(segment)
                    ? inNewest(segment, sorted, frontier.get())
                    : inSealedUnlessDeleted(segment, sorted);
            if (!here.isEmpty()) {
                found.put(segment, here);
            }
        }
        return found;
    }

    /** Lets nobody wait any more for segments that are still to be read. */
    void close() {
        closed = true;
    }

    /** Forgets what was derived of a segment that another has replaced. */
    synchronized void forget(Segment segment) {
        newest.remove(segment);
    }

    private Set<EraseKey> inNewest(Segment segment, List<EraseKey> wanted, Frontier frontier) throws IOException {
        Growing growing = newest.computeIfAbsent(segment, unread -> new Growing());
        long sequence = segment.sequenceOf(settings.instance());
        long limit = sequence == 0 ? Long.MAX_VALUE : frontier.readable(sequence);
        growing.read = read(segment, growing.read, limit, growing.keys);
        Set<EraseKey> found = new HashSet<>(wanted);
        found.retainAll(growing.keys);
        return found;
    }

    private Set<EraseKey> inSealedUnlessDeleted(Segment segment, List<EraseKey> wanted) throws IOException {
        try {
            return inSealed(segment, wanted);
        } catch (NoSuchFileException deleted) {
            return Set.of();
        }
    }

    private Set<EraseKey> inSealed(Segment segment, List<EraseKey> wanted) throws IOException {
        KeyFile.Version version = settings.layout().look(segment, KeyFile.Version::of);
        try (KeyFile keys = KeyFile.open(settings.layout().keys(segment), version)) {
            return keys.find(wanted);
        } catch (IOException unusable) {
            SortedSet<EraseKey> keys = new TreeSet<>();
            read(segment, 0, Long.MAX_VALUE, keys);
            keep(segment, version, keys);
            keys.retainAll(wanted);
            return keys;
        }
    }

    private void keep(Segment segment, KeyFile.Version version, SortedSet<EraseKey> keys) {
        Path file = settings.layout().keys(segment);
        Path unfinished = file.resolveSibling(settings.instance() + ".tmp");
        try {
            disk.createDirectory(settings.layout().derived());
            Files.deleteIfExists(unfinished);
            KeyFile.write(disk, unfinished, version, keys);
            disk.replace(unfinished, file);
            settings.layout().deleteOrphans(segment);
        } catch (IOException notWritten) {
            LOG.log(Level.WARNING, "{0} is not there to save time: {1}", file, Failure.reason(notWritten));
        }
    }

    /**
     * Reads the keys of a segment's reports.
     *
     * @return where to go on: behind the last whole line
     */
    private long read(Segment segment, long offset, long limit, Set<EraseKey> keys) throws IOException {
        boolean numbered = segment.isNumbered();
        try (LineReader lines = settings.layout().look(segment, file -> LineReader.from(file, offset, limit))) {
            long whole = lines.offset();
            for (LineReader.Step step = lines.next(); step != LineReader.Step.END; step = lines.next()) {
                for (StoredHead head : Traces.of(lines, step, numbered).heads()) {
                    head.eraseKey().ifPresent(keys::add);
                }
                if (step != LineReader.Step.UNTERMINATED) {
                    whole = lines.offset();
                }
            }
            return whole;
        }
    }
}
