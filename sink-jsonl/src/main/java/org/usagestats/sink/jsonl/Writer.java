package org.usagestats.sink.jsonl;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.kit.IdWindow;

/**
 * The one thread that writes a log, and the way to it. All that wait when it comes back from the disk share the next write
 * and the next sync: the slower the disk, the larger the batch; who comes alone waits for nobody.
 *
 * <p>The thread is its own and nobody interrupts it, since an interrupt would close the file for all.
 */
final class Writer implements Closeable {

    private static final long QUEUE_BYTES = 16 << 20;

    private final AppendQueue queue = new AppendQueue(QUEUE_BYTES);
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Log log;
    private final IdWindow window;

    private Writer(Log log, IdWindow window) {
        this.log = log;
        this.window = window;
    }

    /**
     * Starts the thread.
     *
     * @param log the log, the thread's from now on
     * @param window the reports that are kept, the thread's from now on
     */
    static Writer start(Log log, IdWindow window, String instance) {
        Writer writer = new Writer(log, window);
        Thread thread = new Thread(writer::run, "usagestats-jsonl-" + instance);
        thread.setDaemon(true);
        thread.start();
        return writer;
    }

    /** Keeps reports; for any thread. */
    List<Outcome> append(List<ReceivedReport> reports) throws IOException {
        if (reports.isEmpty()) {
            return List.of();
        }
        PendingAppend append = PendingAppend.of(reports, window);
        queue.put(append);
        return append.await();
    }

    private void run() {
        try {
            while (!queue.isDrained()) {
                List<PendingAppend> appends = queue.take(log.untilSync());
                Thread.interrupted(); // clears a stray interrupt, which would close the file
                if (!appends.isEmpty()) {
                    write(appends);
                }
                log.syncIfDue();
            }
            log.close();
            ended.complete(null);
        } catch (IOException unconfirmed) {
            ended.completeExceptionally(unconfirmed);
        } finally {
            abandonAll();
        }
    }

    private void write(List<PendingAppend> appends) {
        try {
            keep(new Batch(appends, window), appends.get(0).day());
        } finally {
            appends.forEach(PendingAppend::abandon);
            queue.release(appends);
        }
    }

    private void keep(Batch batch, LocalDate received) {
        try {
            List<byte[]> lines = batch.lines();
            if (!lines.isEmpty()) {
                log.append(lines, received);
            }
            batch.keep();
        } catch (IOException failure) {
            batch.fail(failure);
        }
    }

    /** Leaves nobody waiting, whatever ended the thread. */
    private void abandonAll() {
        queue.close();
        while (!queue.isDrained()) {
            queue.take(Duration.ZERO).forEach(PendingAppend::abandon);
        }
        ended.completeExceptionally(new IOException("the writer has stopped"));
    }

    /** Writes what waits, makes it durable and ends the thread. */
    @Override
    public void close() throws IOException {
        queue.close();
        try {
            ended.join();
        } catch (CompletionException failed) {
            throw new IOException("the log was not closed as it should: " + failed.getCause(), failed.getCause());
        }
    }
}
