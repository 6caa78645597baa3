package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;
import org.usagestats.sink.kit.Disk;

/**
 * Compresses segments that are sealed, those of other instances and of imports included.
 *
 * <p>The compressed file is written aside, synced and read back before it gets its name beside the plain one; then the plain
 * one is deleted. While both are there the plain one holds, so that a crash at any moment leaves each report there once. Only
 * the last steps take the right to rewrite segments: a segment that was rewritten meanwhile is compressed again.
 */
final class Compression {

    private static final System.Logger LOG = System.getLogger("org.usagestats.sink.jsonl");

    private static final String UNFINISHED = ".gz.tmp";
    private static final Duration ABANDONED = Duration.ofMinutes(10);
    private static final int BUFFER_BYTES = 1 << 16;

    private final Settings settings;
    private final Layout layout;
    private final Disk disk;

    Compression(Settings settings, Disk disk) {
        this.settings = settings;
        this.layout = settings.layout();
        this.disk = disk;
    }

    /** What was read or written: how much, and its checksum. */
    private record Content(long bytes, long crc) {}

    /** Deletes what a crash has left: what was not finished, and compressed segments whose plain ones are still there. */
    void settle() throws IOException {
        Files.deleteIfExists(unfinished());
        if (layout.twins().isEmpty()) {
            return;
        }
        disk.createDirectory(layout.erasures());
        BriefLock.holding(layout.eraseLock(), 0, () -> {
            for (Segment segment : layout.twins()) {
                disk.delete(layout.compressed(segment));
                disk.syncDirectory(layout.directory(segment.day()));
            }
        });
    }

    private Path unfinished() {
        return layout.derived().resolve(settings.instance() + UNFINISHED);
    }

    /**
     * Compresses what is not, if the operator wants it; after as long as from one round to the next, the rest has to wait.
     */
    void bringUpToDate(Upkeep.Round round) throws IOException {
        deleteAbandoned();
        if (settings.form() == Form.PLAIN) {
            return;
        }
        long begun = System.nanoTime();
        for (Segment segment : plain(round.open())) {
            if (round.isCutShort()
                    || System.nanoTime() - begun > settings.pace().toNanos()) {
                return;
            }
            try {
                compress(segment, round);
            } catch (NoSuchFileException gone) {
                LOG.log(Level.DEBUG, "{0} was compressed or deleted by another", segment);
            } catch (IOException failed) {
                LOG.log(
                        Level.WARNING,
                        "cannot compress " + layout.file(segment) + ", which stays as it is: "
                                + Failure.reason(failed));
                return;
            } finally {
                Files.deleteIfExists(unfinished());
            }
        }
    }

    /** The segments to compress: what was put there by hand may still be being written. */
    private List<Segment> plain(long open) throws IOException {
        List<Segment> segments = layout.segments();
        Set<Segment> newest = Segment.newest(segments);
        return segments.stream()
                .filter(segment -> segment.hasChecksums()
                        && !newest.contains(segment)
                        && segment.sequenceOf(settings.instance()) < open
                        && Files.exists(layout.file(segment)))
                .toList();
    }

    private void compress(Segment segment, Upkeep.Round round) throws IOException {
        KeyFile.Version version = KeyFile.Version.of(layout.file(segment));
        disk.createDirectory(layout.derived());
        Content written = write(layout.file(segment), round);
        Content read = read(unfinished(), round);
        if (round.isCutShort()) {
            return;
        }
        if (!read.equals(written)) {
            throw new IOException("what was compressed does not read as it was written");
        }
        disk.createDirectory(layout.erasures());
        BriefLock.holding(layout.eraseLock(), 0, () -> replace(segment, version));
    }

    private Content write(Path plain, Upkeep.Round round) throws IOException {
        try (InputStream from = Files.newInputStream(plain);
                FileChannel to = disk.create(unfinished())) {
            Content written;
            try (OutputStream compressed = Form.GZIP.to(new DiskOutput(disk, to))) {
                written = copy(from, compressed, round);
            }
            disk.sync(to);
            return written;
        }
    }

    private static Content read(Path compressed, Upkeep.Round round) throws IOException {
        try (InputStream from = Form.GZIP.open(compressed)) {
            return copy(from, OutputStream.nullOutputStream(), round);
        }
    }

    /** Copies all, or some if the round is cut short. */
    private static Content copy(InputStream from, OutputStream to, Upkeep.Round round) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        CRC32C crc = new CRC32C();
        long bytes = 0;
        for (int read = from.read(buffer); read >= 0 && !round.isCutShort(); read = from.read(buffer)) {
            crc.update(buffer, 0, read);
            to.write(buffer, 0, read);
            bytes += read;
        }
        return new Content(bytes, crc.getValue());
    }

    private void replace(Segment segment, KeyFile.Version version) throws IOException {
        Path plain = layout.file(segment);
        if (!KeyFile.Version.of(plain).equals(version)) {
            return;
        }
        Path directory = layout.directory(segment.day());
        disk.replace(unfinished(), layout.compressed(segment));
        disk.syncDirectory(directory);
        disk.delete(plain);
        disk.syncDirectory(directory);
    }

    /** Deletes what a crash of any instance has left. */
    private void deleteAbandoned() throws IOException {
        Instant before = Instant.now().minus(ABANDONED);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(layout.derived(), "*" + UNFINISHED)) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (NoSuchFileException nothingThere) {
            LOG.log(Level.DEBUG, "nothing is derived yet in {0}", layout.root());
        }
    }
}
