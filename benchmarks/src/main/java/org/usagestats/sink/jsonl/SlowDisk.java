package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.usagestats.sink.kit.LocalDisk;

/** The disk of this machine, but that each sync of a file takes longer. */
final class SlowDisk extends LocalDisk {

    private final Duration delay;

    SlowDisk(Duration delay) {
        this.delay = delay;
    }

    @Override
    public void sync(FileChannel file) throws IOException {
        super.sync(file);
        LockSupport.parkNanos(delay.toNanos());
    }
}
