package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.SinkImport;
import org.usagestats.sink.kit.Disk;

/**
 * Brings reports into a log, beside the collectors that write it: in segments of its own under the days on which they were
 * received. A segment is named by a hash of its lines, so that one that is there already is the same.
 *
 * <p>Segments are written aside and are whole, and on the disk, before the first gets its name. One import at a time works on
 * a log; what a crash left aside, the next one deletes.
 */
final class LogImport implements SinkImport {

    private static final int BUFFER_BYTES = 1 << 16;

    private final Layout layout;
    private final Disk disk;
    private final FileChannel lock;
    private final Map<LocalDate, ImportedSegment> open = new LinkedHashMap<>();
    private final List<ImportedSegment> segments = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private @Nullable ImportedSegment current;

    private LogImport(Layout layout, Disk disk, FileChannel lock) {
        this.layout = layout;
        this.disk = disk;
        this.lock = lock;
    }

    /**
     * Begins an import.
     *
     * @throws IOException if another one is running
     */
    static LogImport begin(Layout layout, Disk disk) throws IOException {
        disk.createDirectory(layout.imports());
        FileChannel lock =
                FileChannel.open(layout.imports().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lock.tryLock() == null) {
                throw new IOException("another import into this directory is running");
            }
            cleanUp(layout);
            return new LogImport(layout, disk, lock);
        } catch (OverlappingFileLockException ofThisProcess) {
            lock.close();
            throw new IOException("another import into this directory is running", ofThisProcess);
        } catch (IOException refused) {
            lock.close();
            throw refused;
        }
    }

    private static void cleanUp(Layout layout) throws IOException {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(layout.imports(), "*.tmp")) {
            for (Path leftover : leftovers) {
                Files.deleteIfExists(leftover);
            }
        }
    }

    @Override
    public void add(ReceivedReport report) throws IOException {
        byte[] line = Line.of(report.json());
        ImportedSegment segment = segmentOf(LocalDate.ofInstant(report.received(), ZoneOffset.UTC));
        if (segment != current) {
            flush();
            current = segment;
        }
        if (line.length > buffer.remaining()) {
            flush();
        }
        segment.count(line);
        if (line.length > buffer.remaining()) {
            segment.write(disk, ByteBuffer.wrap(line));
        } else {
            buffer.put(line);
        }
    }

    private ImportedSegment segmentOf(LocalDate day) {
        ImportedSegment segment = open.get(day);
        if (segment == null || segment.isFull()) {
            segment = new ImportedSegment(day, layout.imports().resolve(segments.size() + ".tmp"));
            segments.add(segment);
            open.put(day, segment);
        }
        return segment;
    }

    private void flush() throws IOException {
        if (current != null) {
            current.write(disk, buffer.flip());
            buffer.clear();
        }
    }

    @Override
    public long commit() throws IOException {
        flush();
        for (ImportedSegment segment : segments) {
            segment.sync(disk);
        }
        long reports = 0;
        for (ImportedSegment segment : segments) {
            reports += place(segment);
        }
        disk.syncDirectory(layout.root());
        return reports;
    }

    private long place(ImportedSegment segment) throws IOException {
        Segment named = segment.named();
        if (layout.exists(named)) {
            return 0;
        }
        Path directory = layout.directory(segment.day());
        disk.createDirectory(directory);
        disk.replace(segment.file(), layout.file(named));
        disk.syncDirectory(directory);
        return segment.reports();
    }

    @Override
    public void close() throws IOException {
        try {
            cleanUp(layout);
        } finally {
            lock.close();
        }
    }
}
