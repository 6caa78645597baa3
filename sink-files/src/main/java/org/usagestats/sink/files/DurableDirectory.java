package org.usagestats.sink.files;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A directory whose entries can be made durable. Many threads that want it at once share one sync. */
final class DurableDirectory {

    /** Windows makes entries durable by itself and opens no directory. */
    private static final boolean SYNCS = File.separatorChar == '/';

    /** One sync, and those that wait for it: all who came before it began. */
    private static final class Round {
        private boolean done;
        private @Nullable IOException failure;
    }

    private final Path path;
    private final ReentrantLock turn = new ReentrantLock();
    private volatile Round next = new Round();

    private DurableDirectory(Path path) {
        this.path = path;
    }

    /** Makes a directory and those above it, where there are none, each durable by name. */
    static DurableDirectory create(Path directory) throws IOException {
        Path absolute = directory.toAbsolutePath().normalize();
        make(absolute);
        return new DurableDirectory(absolute.toRealPath());
    }

    private static void make(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.getParent();
        if (parent == null || Files.exists(directory)) {
            throw new IOException(directory + " is not a directory");
        }
        make(parent);
        try {
            Files.createDirectory(directory);
            force(parent);
        } catch (IOException refused) {
            throw new IOException("cannot make the directory " + directory + ": " + Failure.reason(refused), refused);
        }
    }

    /** Its real path. */
    Path path() {
        return path;
    }

    /** Returns when the disk has confirmed all entries that were made before the call. */
    void sync() throws IOException {
        Round mine = next;
        turn.lock();
        try {
            if (!mine.done) {
                next = new Round();
                run(mine);
            }
            if (mine.failure != null) {
                throw new IOException(mine.failure.getMessage(), mine.failure);
            }
        } finally {
            turn.unlock();
        }
    }

    /** A sync that failed is not tried again for those who waited for it: the next could succeed without their entries. */
    private void run(Round round) {
        try {
            force(path);
        } catch (IOException failed) {
            round.failure = failed;
        }
        round.done = true;
    }

    private static void force(Path directory) throws IOException {
        if (SYNCS) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
