package org.usagestats.sink.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.usagestats.sink.kit.LocalDisk;

/**
 * A disk that fails when it is told to, tears what it was writing then, counts, and never really syncs. That all operations
 * fail from one on leaves what a process leaves that is killed then. Many threads may use it at once.
 */
public class FaultyDisk extends LocalDisk {

    private final AtomicInteger operations = new AtomicInteger();
    private final AtomicInteger syncs = new AtomicInteger();
    private volatile IntPredicate fails = operation -> false;
    private volatile String message = "Input/output error";

    /** Creates a disk that does not fail yet. */
    public FaultyDisk() {}

    /**
     * Says which operations fail from now on, and how.
     *
     * @param fails tells it of an operation's number, counted from 1
     * @param message the message of the exception
     */
    public void failWhen(IntPredicate fails, String message) {
        this.message = message;
        this.fails = fails;
    }

    /**
     * Says which operations fail from now on, in the way of the last time, or else with an input/output error.
     *
     * @param fails tells it of an operation's number, counted from 1
     */
    public void failWhen(IntPredicate fails) {
        failWhen(fails, message);
    }

    /**
     * How many operations there were so far.
     *
     * @return their number, with those that failed
     */
    public int operations() {
        return operations.get();
    }

    /**
     * How many times a file was synced so far.
     *
     * @return their number; a directory is no file
     */
    public int syncs() {
        return syncs.get();
    }

    /**
     * Comes before whatever is done to the disk.
     *
     * @throws IOException if that is to fail
     */
    protected void operation() throws IOException {
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
    public void link(Path file, Path name) throws IOException {
        operation();
        super.link(file, name);
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
