package org.usagestats.sink.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.usagestats.sink.Durability;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.SinkImport;

/**
 * Brings reports into a directory that no collector uses meanwhile. One that is there already, under the time at which it was
 * received, with the same content, is the same.
 *
 * <p>Reports are stored some hundred at a time. What a crash leaves is whole reports; the next try adds the others.
 */
final class FilesImport implements SinkImport {

    private static final int GATHERED = 500;

    private final DurableDirectory directory;
    private final DirectoryLock lock;
    private final ReportWriter writer;
    private final Map<String, ReceivedReport> gathered = new LinkedHashMap<>();
    private long stored;

    private FilesImport(DurableDirectory directory, DirectoryLock lock, ReportWriter writer) {
        this.directory = directory;
        this.lock = lock;
        this.writer = writer;
    }

    /**
     * Begins an import.
     *
     * @throws IOException if a collector, or another import, uses the directory
     */
    static FilesImport begin(Path path) throws IOException {
        DurableDirectory directory = DurableDirectory.create(path);
        DirectoryLock lock = DirectoryLock.take(directory.path());
        try {
            return new FilesImport(directory, lock, ReportWriter.open(directory, Durability.ALWAYS));
        } catch (IOException failed) {
            lock.close();
            throw failed;
        }
    }

    @Override
    public void add(ReceivedReport report) throws IOException {
        byte[] content = FileFormat.of(report.format()).encode(report);
        ReportName first = new ReportName(report.received().toEpochMilli(), 0, report.format());
        if (!isStored(first, content)) {
            gathered.putIfAbsent(first + "\n" + new String(content, StandardCharsets.ISO_8859_1), report);
        }
        if (gathered.size() >= GATHERED) {
            store();
        }
    }

    /** Looks at all names that a report of this time may have got. */
    private boolean isStored(ReportName first, byte[] content) throws IOException {
        ReportName name = first;
        Path file = file(name);
        while (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && Files.size(file) == content.length
                    && Arrays.equals(Files.readAllBytes(file), content)) {
                return true;
            }
            name = name.next();
            file = file(name);
        }
        return false;
    }

    private Path file(ReportName name) {
        return directory.path().resolve(name.toString());
    }

    private void store() throws IOException {
        stored += writer.store(gathered.values().stream().toList()).size();
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
