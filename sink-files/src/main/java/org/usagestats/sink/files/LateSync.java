package org.usagestats.sink.files;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Makes files durable within a second, on a daemon thread that there is only once there are files. */
final class LateSync implements Closeable {

    private static final Logger LOG = System.getLogger(LateSync.class.getName());

    /** Leaves the other half of the second to the disk. */
    private static final long DELAY_MILLIS = 500;

    private final DurableDirectory directory;
    private final Queue<Path> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean due = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, LateSync::daemon);

    LateSync(DurableDirectory directory) {
        this.directory = directory;
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "usagestats-files-sync");
        thread.setDaemon(true);
        return thread;
    }

    /** Takes files of the directory, just made, to be synced with their entries. */
    void add(List<Path> files) {
        waiting.addAll(files);
        if (due.compareAndSet(false, true)) {
            var unused = thread.schedule(this::syncOrLog, DELAY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void syncOrLog() {
        try {
            sync();
        } catch (IOException failed) {
            LOG.log(
                    Level.WARNING,
                    "reports may be lost in a power cut, for a sync failed: {0}",
                    Failure.reason(failed));
        }
    }

    private synchronized void sync() throws IOException {
        due.set(false);
        IOException failure = null;
        for (Path file = waiting.poll(); file != null; file = waiting.poll()) {
            failure = sync(file, failure);
        }
        directory.sync();
        if (failure != null) {
            throw failure;
        }
    }

    private @Nullable IOException sync(Path file, @Nullable IOException earlier) {
        try (FileChannel channel = directory.disk().open(file)) {
            directory.disk().sync(channel);
        } catch (NoSuchFileException removedSince) {
            return earlier;
        } catch (IOException failed) {
            return failed;
        }
        return earlier;
    }

    /** Waits for a sync that runs, syncs what waits, and ends the thread. */
    @Override
    public synchronized void close() throws IOException {
        thread.shutdown();
        if (!waiting.isEmpty()) {
            sync();
        }
    }
}
