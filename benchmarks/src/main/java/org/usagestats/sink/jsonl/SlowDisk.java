package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The disk of this machine, but that each sync of a file takes longer. */
final class SlowDisk implements Disk {

    private final Disk disk = new LocalDisk();
    private final Duration delay;

    SlowDisk(Duration delay) {
        this.delay = delay;
    }

    @Override
    public void sync(FileChannel file) throws IOException {
        disk.sync(file);
        LockSupport.parkNanos(delay.toNanos());
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        disk.createDirectory(directory);
    }

    @Override
    public FileChannel create(Path file) throws IOException {
        return disk.create(file);
    }

    @Override
    public FileChannel open(Path file) throws IOException {
        return disk.open(file);
    }

    @Override
    public void write(FileChannel file, ByteBuffer bytes) throws IOException {
        disk.write(file, bytes);
    }

    @Override
    public void truncate(FileChannel file, long length) throws IOException {
        disk.truncate(file, length);
    }

    @Override
    public void replace(Path file, Path other) throws IOException {
        disk.replace(file, other);
    }

    @Override
    public void delete(Path file) throws IOException {
        disk.delete(file);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        disk.syncDirectory(directory);
    }
}
