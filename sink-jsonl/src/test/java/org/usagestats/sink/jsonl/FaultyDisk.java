package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;

/** A disk that fails when it is told to, tears what it was writing then, counts, and never really syncs. */
class FaultyDisk extends LocalDisk {

    private final AtomicInteger operations = new AtomicInteger();
    private final AtomicInteger syncs = new AtomicInteger();
    private volatile IntPredicate fails = operation -> false;
    private volatile String message = "Input/output error";

    /**
     * Says which operations fail from now on.
     *
     * @param fails tells it of an operation's number, counted from 1
     */
    void failWhen(IntPredicate fails, String message) {
        this.message = message;
        this.fails = fails;
    }

    void failWhen(IntPredicate fails) {
        failWhen(fails, message);
    }

    /** How many operations there were so far. */
    int operations() {
        return operations.get();
    }

    /** How many times a file was synced so far. */
    int syncs() {
        return syncs.get();
    }

    /** Comes before whatever is done to the disk. */
    void operation() throws IOException {
        if (fails.test(operations.incrementAndGet())) {
            throw new IOException(message);
        }
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        operation();
        Files.createDirectories(directory);
    }

    @Override
    public FileChannel create(Path file) throws IOException {
        operation();
        return super.create(file);
    }

    @Override
    public FileChannel open(Path file) throws IOException {
        operation();
        return super.open(file);
    }

    @Override
    public void write(FileChannel file, ByteBuffer bytes) throws IOException {
        try {
            operation();
        } catch (IOException torn) {
            super.write(file, bytes.limit(bytes.position() + bytes.remaining() * 2 / 3));
            throw torn;
        }
        super.write(file, bytes);
    }

    @Override
    public void truncate(FileChannel file, long length) throws IOException {
        operation();
        super.truncate(file, length);
    }

    @Override
    public void sync(FileChannel file) throws IOException {
        operation();
        syncs.incrementAndGet();
    }

    @Override
    public void replace(Path file, Path other) throws IOException {
        operation();
        super.replace(file, other);
    }

    @Override
    public void delete(Path file) throws IOException {
        operation();
        super.delete(file);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        operation();
    }
}
