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
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.usagestats.sink.Durability;
import org.usagestats.sink.ReceivedReport;

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

    private final DurableDirectory directory;
    private final Durability durability;
    private final LateSync lateSync;
    private final FirstNames names;

    private ReportWriter(DurableDirectory directory, Durability durability, FirstNames names) {
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
        } catch (IOException | DirectoryIteratorException | UnsupportedOperationException unusable) {
            throw new IOException(
                    "cannot write and link files in " + directory.path() + ": " + Failure.reason(unusable), unusable);
        }
        return writer;
    }

    private void removeLeftovers() throws IOException {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(directory.path(), TEMPORARY + "*")) {
            for (Path leftover : leftovers) {
                Files.deleteIfExists(leftover);
            }
        }
    }

    private void probe() throws IOException {
        Path file = temporary();
        Path link = temporary();
        try {
            write(file, new byte[0]);
            Files.createLink(link, file);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(link);
        }
    }

    /**
     * Stores reports, all or none, and returns when they are as durable as was promised.
     *
     * @return the files, in the reports' order
     */
    List<Path> store(List<ReceivedReport> reports) throws IOException {
        List<Path> stored = new ArrayList<>(reports.size());
        try {
            for (ReceivedReport report : reports) {
                stored.add(store(report));
            }
            confirm(stored);
            return stored;
        } catch (IOException failed) {
            remove(stored, failed);
            throw Failure.of(failed, directory.path());
        }
    }

    private void confirm(List<Path> stored) throws IOException {
        if (stored.isEmpty()) {
            return;
        }
        switch (durability) {
            case ALWAYS -> directory.sync();
            case INTERVAL -> lateSync.add(stored);
            case OS -> {}
        }
    }

    /** Removes reports and returns when the disk has confirmed that they are gone, whatever the durability. */
    void remove(List<ReportName> reports) throws IOException {
        for (ReportName report : reports) {
            Files.deleteIfExists(directory.path().resolve(report.toString()));
        }
        directory.sync();
    }

    private static void remove(List<Path> stored, IOException failed) {
        for (Path file : stored) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException stays) {
                failed.addSuppressed(stays);
            }
        }
    }

    private Path store(ReceivedReport report) throws IOException {
        Path file = temporary();
        try {
            write(file, FileFormat.of(report.format()).encode(report));
            return link(file, names.of(report));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private Path temporary() {
        return directory.path().resolve(TEMPORARY + UUID.randomUUID());
    }

    private void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            if (durability == Durability.ALWAYS) {
                channel.force(false);
            }
        }
    }

    private Path link(Path file, ReportName firstName) throws IOException {
        ReportName name = firstName;
        while (true) {
            try {
                return Files.createLink(directory.path().resolve(name.toString()), file);
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
