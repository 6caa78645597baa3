package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.Semaphore;

/** A disk whose syncs wait until a test lets them through. */
final class GatedDisk extends FaultyDisk {

    private static final int ALL = 1 << 20;

    private final Semaphore gate = new Semaphore(ALL);

    void shut() {
        gate.drainPermits();
    }

    void open() {
        gate.release(ALL);
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
