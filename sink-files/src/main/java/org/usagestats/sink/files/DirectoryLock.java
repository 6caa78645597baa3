package org.usagestats.sink.files;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The right to keep reports in a directory: held by one sink of one process until it closes or its process ends.
 *
 * <p>The locked file lies beside the directory, since the directory holds reports and nothing else. No file in it could
 * serve: a directory cannot be locked by Java, a report can be removed by whoever keeps the place tidy, and reading one
 * would free its lock. The temporary directory would not do either, since it is cleaned of old files, and processes that
 * share the reports need not share it.
 *
 * <p>Where no file can be made beside the directory, the sink works all the same and says so: a second one would not spoil
 * a report, but would not recognise what the first has received.
 *
 * <p>The operating system frees a file's lock as soon as any channel on that file is closed in the process that holds it.
 * So a system property is claimed before the file is opened: a second sink in the same JVM, whichever class loader it
 * comes from, never touches the file.
 */
final class DirectoryLock implements Closeable {

    private static final Logger LOG = System.getLogger(DirectoryLock.class.getName());

    private final String claim;
    private final @Nullable FileChannel file;

    private DirectoryLock(String claim, @Nullable FileChannel file) {
        this.claim = claim;
        this.file = file;
    }

    /**
     * Takes the right.
     *
     * @param directory the real path of the directory
     * @throws IOException if another has it
     */
    static DirectoryLock take(Path directory) throws IOException {
        String claim = "usagestats.sink.files:" + directory;
        if (System.getProperties().putIfAbsent(claim, "open") != null) {
            throw inUse(directory, "this process");
        }
        try {
            return new DirectoryLock(claim, lock(directory));
        } catch (IOException refused) {
            System.clearProperty(claim);
            throw refused;
        }
    }

    private static @Nullable FileChannel lock(Path directory) throws IOException {
        Path path = Path.of(directory + ".usagestats-lock");
        FileChannel file;
        try {
            file = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        } catch (FileSystemException noPlace) {
            LOG.log(
                    Level.WARNING,
                    "make sure that no other collector keeps reports in {0}, for it cannot be locked: {1}",
                    directory,
                    Failure.reason(noPlace));
            return null;
        }
        return lock(file, directory);
    }

    private static FileChannel lock(FileChannel file, Path directory) throws IOException {
        try {
            if (file.tryLock() == null) {
                throw inUse(directory, "another process");
            }
            return file;
        } catch (IOException refused) {
            file.close();
            throw refused;
        }
    }

    private static IOException inUse(Path directory, String owner) {
        return new IOException(directory + " is in use by " + owner + "; each collector needs a directory of its own");
    }

    /** Gives the right back; the file stays, since deleting it could let two in. */
    @Override
    public void close() throws IOException {
        try {
            if (file != null) {
                file.close();
            }
        } finally {
            System.clearProperty(claim);
        }
    }
}
