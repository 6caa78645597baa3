package org.usagestats.sink.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.usagestats.sink.Durability;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.kit.Disk;

/**
 * Puts reports into the directory. Many threads may use it at once.
 *
 * <p>A report is written to a file with a name that nobody else uses and then linked to its final name, which the
 * operating system refuses if it is taken: so no report replaces another, whoever else writes here, and none is ever
 * there in part.
 */
final class ReportWriter implements Closeable {

    /** How the names begin of files that are being written; a crash leaves such files, which were never promised. */
    static final String TEMPORARY = ".tmp-";

    private final Disk disk;
    private final DurableDirectory directory;
    private final Durability durability;
    private final LateSync lateSync;
    private final FirstNames names;

    private ReportWriter(DurableDirectory directory, Durability durability, FirstNames names) {
        this.disk = directory.disk();
        this.directory = directory;
        this.durability = durability;
        this.names = names;
        this.lateSync = new LateSync(directory);
    }

    /** Cleans up after a crash and makes sure that reports can be stored as they arrive. */
    static ReportWriter open(DurableDirectory directory, Durability durability) throws IOException {
        return open(directory, durability, new ArrivalNames());
    }

    /**
     * Cleans up after a crash and makes sure that reports can be stored.
     *
     * @param names the names to try first
     */
    static ReportWriter open(DurableDirectory directory, Durability durability, FirstNames names) throws IOException {
        ReportWriter writer = new ReportWriter(directory, durability, names);
        try {
            writer.removeLeftovers();
            writer.probe();
            writer.settle();
        } catch (IOException | DirectoryIteratorException | UnsupportedOperationException unusable) {
            throw new IOException(
                    "cannot write and link files in " + directory.path() + ": " + Failure.reason(unusable), unusable);
        }
        return writer;
    }

    private void removeLeftovers() throws IOException {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(directory.path(), TEMPORARY + "*")) {
            for (Path leftover : leftovers) {
                disk.delete(leftover);
            }
        }
    }

    private void probe() throws IOException {
        Path file = temporary();
        Path link = temporary();
        try {
            write(file, new byte[0]);
            disk.link(file, link);
        } finally {
            disk.delete(file);
            disk.delete(link);
        }
    }

    /** Makes the names durable that an earlier run did not live to sync: who sends such a report again is told that it is kept. */
    private void settle() throws IOException {
        if (durability != Durability.OS) {
            directory.sync();
        }
    }

    /**
     * Stores reports, all or none, and returns when they are as durable as was promised.
     *
     * @return the files, in the reports' order
     */
    List<Path> store(List<ReceivedReport> reports) throws IOException {
        List<Path> files = new ArrayList<>(reports.size());
        store(reports, files);
        return files;
    }

    /**
     * Stores reports, all or none, and returns when they are as durable as was promised.
     *
     * @param files gets the files, in the reports' order; after a failure those that were made, of which none is there any more
     *     unless the disk refused that too
     */
    void store(List<ReceivedReport> reports, List<Path> files) throws IOException {
        try {
            for (ReceivedReport report : reports) {
                store(report, files);
            }
            confirm(files);
        } catch (IOException failed) {
            remove(files, failed);
            throw Failure.of(failed, directory.path());
        }
    }

    private void confirm(List<Path> files) throws IOException {
        if (files.isEmpty()) {
            return;
        }
        switch (durability) {
            case ALWAYS -> directory.sync();
            case INTERVAL -> lateSync.add(files);
            case OS -> {}
        }
    }

    /**
     * Removes reports and returns when the disk has confirmed that they are gone, whatever the durability: also those that an
     * earlier try removed, which was not confirmed then.
     */
    void remove(List<ReportName> reports) throws IOException {
        for (ReportName report : reports) {
            disk.delete(directory.path().resolve(report.toString()));
        }
        directory.sync();
    }

    private void remove(List<Path> files, IOException failed) {
        for (Path file : files) {
            try {
                disk.delete(file);
            } catch (IOException stays) {
                failed.addSuppressed(stays);
            }
        }
    }

    private void store(ReceivedReport report, List<Path> files) throws IOException {
        Path file = temporary();
        try {
            write(file, FileFormat.of(report.format()).encode(report));
            files.add(link(file, names.of(report)));
        } finally {
            disk.delete(file);
        }
    }

    private Path temporary() {
        return directory.path().resolve(TEMPORARY + UUID.randomUUID());
    }

    private void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel = disk.create(file)) {
            disk.write(channel, ByteBuffer.wrap(content));
            if (durability == Durability.ALWAYS) {
                disk.sync(channel);
            }
        }
    }

    private Path link(Path file, ReportName firstName) throws IOException {
        ReportName name = firstName;
        while (true) {
            Path link = directory.path().resolve(name.toString());
            try {
                disk.link(file, link);
                return link;
            } catch (FileAlreadyExistsException taken) {
                name = name.next();
            }
        }
    }

    /** Makes durable what was promised to be within a second. */
    @Override
    public void close() throws IOException {
        lateSync.close();
    }
}
