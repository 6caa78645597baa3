package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A disk whose process dies before a step, as suddenly as by a kill -9: nothing of it runs any more. */
final class DeadlyDisk extends FaultyDisk {

    /** With what status the process ends then. */
    static final int DIED = 137;

    private final Disk disk = new LocalDisk();
    private final AtomicInteger left;

    DeadlyDisk(int steps) {
        left = new AtomicInteger(steps);
    }

    /**
     * Runs a main class, of which the first argument is a path, and the second the step before which it dies.
     *
     * @return the status with which it ends
     */
    static int runUntil(int step, Class<?> main, Path path) throws Exception {
        Process process = ChildJvm.start(main, path.toString(), Integer.toString(step));
        try {
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private void step() {
        if (left.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(DIED);
        }
    }

    @Override
    public FileChannel create(Path file) throws IOException {
        step();
        return disk.create(file);
    }

    @Override
    public void write(FileChannel file, ByteBuffer bytes) throws IOException {
        step();
        disk.write(file, bytes);
    }

    @Override
    public void sync(FileChannel file) throws IOException {
        step();
        disk.sync(file);
    }

    @Override
    public void replace(Path file, Path other) throws IOException {
        step();
        disk.replace(file, other);
    }

    @Override
    public void delete(Path file) throws IOException {
        step();
        disk.delete(file);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        step();
        disk.syncDirectory(directory);
    }
}
