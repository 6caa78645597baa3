package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.usagestats.sink.kit.Disk;

/** A disk whose syncs are counted, and the time they take. */
record TimedDisk(Disk disk, Measures measures) implements Disk {

    @Override
    public void sync(FileChannel file) throws IOException {
        long start = System.nanoTime();
        try {
            disk.sync(file);
        } finally {
            measures.synced(System.nanoTime() - start);
        }
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
    public void link(Path file, Path name) throws IOException {
        disk.link(file, name);
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
