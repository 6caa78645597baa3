package org.usagestats.sink.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.usagestats.sink.Durability;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.SinkImport;
import org.usagestats.sink.kit.Disk;
import org.usagestats.sink.kit.LocalDisk;

/**
 * Brings reports into a directory that no collector uses meanwhile. One that is there already, under the time at which it was
 * received, with the same content, is the same.
 *
 * <p>Reports are stored some hundred at a time. What a crash leaves is whole reports; the next try adds the others.
 */
final class FilesImport implements SinkImport {

    private static final int GATHERED = 500;

    private final DirectoryLock lock;
    private final Moments moments;
    private final ReportWriter writer;
    private final List<ReceivedReport> gathered = new ArrayList<>();
    private long stored;

    private FilesImport(DirectoryLock lock, Moments moments, ReportWriter writer) {
        this.lock = lock;
        this.moments = moments;
        this.writer = writer;
    }

    /**
     * Begins an import.
     *
     * @throws IOException if a collector, or another import, uses the directory
     */
    static FilesImport begin(Path path) throws IOException {
        return begin(new LocalDisk(), path, contents -> contents);
    }

    /**
     * Begins an import.
     *
     * @param disk what it writes by
     * @param looks stands between it and the files that are there
     */
    static FilesImport begin(Disk disk, Path path, UnaryOperator<Moments.Contents> looks) throws IOException {
        DurableDirectory directory = DurableDirectory.create(disk, path);
        DirectoryLock lock = DirectoryLock.take(directory.path());
        try {
            ReportReader reader = new ReportReader(directory.path());
            Moments moments = new Moments(reader.names(), looks.apply(reader::content));
            return new FilesImport(lock, moments, ReportWriter.open(directory, Durability.ALWAYS, moments));
        } catch (IOException failed) {
            lock.close();
            throw failed;
        }
    }

    @Override
    public void add(ReceivedReport report) throws IOException {
        if (moments.add(report, FileFormat.of(report.format()).encode(report))) {
            gathered.add(report);
        }
        if (gathered.size() >= GATHERED || moments.isFull()) {
            store();
            moments.forgetOld();
        }
    }

    private void store() throws IOException {
        stored += writer.store(gathered).size();
        gathered.clear();
    }

    @Override
    public long commit() throws IOException {
        store();
        return stored;
    }

    @Override
    public void close() throws IOException {
        try {
            writer.close();
        } finally {
            lock.close();
        }
    }
}
