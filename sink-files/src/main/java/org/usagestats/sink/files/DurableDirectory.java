package org.usagestats.sink.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.usagestats.sink.kit.Disk;

/** A directory whose entries can be made durable. Many threads that want it at once share one sync. */
final class DurableDirectory {

    /** One sync, and those that wait for it: all who came before it began. */
    private static final class Round {
        private boolean done;
        private @Nullable IOException failure;
    }

    private final Disk disk;
    private final Path path;
    private final ReentrantLock turn = new ReentrantLock();
    private volatile Round next = new Round();

    private DurableDirectory(Disk disk, Path path) {
        this.disk = disk;
        this.path = path;
    }

    /** Makes a directory and those above it, where there are none, each durable by name. */
    static DurableDirectory create(Disk disk, Path directory) throws IOException {
        Path absolute = directory.toAbsolutePath().normalize();
        disk.createDirectory(absolute);
        return new DurableDirectory(disk, absolute.toRealPath());
    }

    /** The disk that it is on. */
    Disk disk() {
        return disk;
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
            disk.syncDirectory(path);
        } catch (IOException failed) {
            round.failure = failed;
        }
        round.done = true;
    }
}
