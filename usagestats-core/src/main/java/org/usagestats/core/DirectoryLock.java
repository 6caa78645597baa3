package org.usagestats.core;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The right to drain a spool on a disk, which the operating system takes back when the process ends, however it ends.
 *
 * <p>On POSIX systems, closing any channel on the lock's file gives the whole process's lock away. So within a JVM the right
 * to open that file is claimed first, by a key in the system properties, which all class loaders share.
 */
final class DirectoryLock implements DrainLock {

    private final String key;
    private final FileChannel channel;

    private DirectoryLock(String key, FileChannel channel) {
        this.key = key;
        this.channel = channel;
    }

    /** Takes the lock, or returns null at once if somebody has it. Fails where there can be no lock. */
    static @Nullable DrainLock tryTake(SpoolDirectory directory) throws IOException {
        Properties claims = System.getProperties();
        String key = "usagestats.draining:" + directory.path().toRealPath();
        if (claims.putIfAbsent(key, "claimed") != null) {
            return null;
        }
        FileChannel channel = null;
        try {
            channel = locked(directory.path().resolve("lock"));
        } finally {
            if (channel == null) {
                claims.remove(key);
            }
        }
        return channel == null ? null : new DirectoryLock(key, channel);
    }

    private static @Nullable FileChannel locked(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            locked = isLocked(channel);
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        return locked ? channel : null;
    }

    /** Loads what a lock takes, by a shared one on the directory, which nobody else asks for. */
    static void prepare(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.tryLock(0, Long.MAX_VALUE, true);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldElsewhereInThisJvm) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException closed) {
            DebugLog.say("the spool's lock was not closed cleanly: " + closed);
        }
        System.getProperties().remove(key);
    }
}
