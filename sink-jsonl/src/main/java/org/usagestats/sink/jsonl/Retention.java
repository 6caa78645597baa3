package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.usagestats.sink.kit.Disk;

/**
 * Deletes segments that are older than the operator wants, whole files by the day of their directory, and leaves an audit
 * line in the log for each.
 *
 * <p>The newest segment of an instance stays: it may be open, and the next one is numbered after it. Age is counted from
 * the newest day on which reports were received, or from today if that is earlier. If the last seven such days span more
 * than two weeks it is counted from the first of the seven: should the clock leap to 2099, nothing is deleted before
 * reports were received on seven days there.
 */
final class Retention {

    private static final System.Logger LOG = System.getLogger("org.usagestats.sink.jsonl");

    private final Settings settings;
    private final Disk disk;

    Retention(Settings settings, Disk disk) {
        this.settings = settings;
        this.disk = disk;
    }

    /** Deletes what is too old, unless another instance rewrites or deletes segments just now. */
    void apply(LocalDate clock) throws IOException {
        Layout layout = settings.layout();
        if (!tooOld(clock).isEmpty()) {
            disk.createDirectory(layout.erasures());
            BriefLock.holding(layout.eraseLock(), 0, () -> {
                for (Segment segment : tooOld(clock)) {
                    delete(segment);
                }
            });
        }
    }

    private List<Segment> tooOld(LocalDate clock) throws IOException {
        List<Segment> segments = settings.layout().segments();
        List<LocalDate> days = segments.stream().map(Segment::day).distinct().toList();
        LocalDate firstKept = settings.keep().firstKept(days, clock);
        Set<Segment> newest = Segment.newest(segments);
        return segments.stream()
                .filter(segment -> segment.day().isBefore(firstKept) && !newest.contains(segment))
                .toList();
    }

    /**
     * Deletes what is derived first: what a crash leaves is made anew, or deleted with the segment by the next round. And again
     * at the end, since it may have been made meanwhile; whoever makes it later than that sees that the segment is gone.
     */
    private void delete(Segment segment) throws IOException {
        Layout layout = settings.layout();
        layout.deleteDerived(segment);
        Path file = layout.found(segment);
        long bytes = Files.size(file);
        Files.deleteIfExists(layout.compressed(segment));
        Files.deleteIfExists(layout.file(segment));
        layout.deleteDerived(segment);
        disk.syncDirectory(layout.directory(segment.day()));
        LOG.log(
                Level.INFO,
                "deleted " + layout.root().relativize(file) + " (" + bytes
                        + " bytes), which is older than the reports to be kept: keep=" + settings.keep());
        deleteIfEmpty(layout.directory(segment.day()));
    }

    private static void deleteIfEmpty(Path directory) throws IOException {
        try {
            Files.deleteIfExists(directory);
        } catch (DirectoryNotEmptyException inUse) {
            LOG.log(Level.DEBUG, "{0} holds more", directory);
        }
    }
}
