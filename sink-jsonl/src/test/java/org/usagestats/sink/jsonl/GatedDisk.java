package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.Semaphore;
import org.usagestats.sink.testkit.FaultyDisk;

/** A disk whose syncs wait until a test lets them through, at the latest when it closes the disk. */
final class GatedDisk extends FaultyDisk implements AutoCloseable {

    private static final int ALL = 1 << 20;

    private final Semaphore gate = new Semaphore(ALL);

    void shut() {
        gate.drainPermits();
    }

    void open() {
        gate.release(ALL);
    }

    @Override
    public void close() {
        open();
    }

    /** Tells whether a sync waits. */
    boolean isWaitedFor() {
        return gate.hasQueuedThreads();
    }

    @Override
    public void sync(FileChannel file) throws IOException {
        gate.acquireUninterruptibly();
        super.sync(file);
    }
}
