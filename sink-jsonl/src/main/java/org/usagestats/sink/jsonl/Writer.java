package org.usagestats.sink.jsonl;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.kit.IdWindow;

/**
 * The one thread that writes a log, and the way to it. All that wait when it comes back from the disk share the next write
 * and the next sync, on a slow disk with those who come again at once: the slower the disk, the larger the batch; who comes
 * alone waits for nobody.
 *
 * <p>The thread is its own and nobody interrupts it, since an interrupt would close the file for all.
 */
final class Writer implements Closeable {

    private static final long QUEUE_BYTES = 16 << 20;

    /** How soon after a batch another is to be expected. */
    private static final Duration BUSY = Duration.ofMillis(20);

    private final AppendQueue queue = new AppendQueue(QUEUE_BYTES);
    private final Queue<Interlude> interludes = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Log log;
    private final IdWindow window;
    private final RefusedReports refused = new RefusedReports();
    private final Gathering gathering = new Gathering();
    private volatile long kept = System.nanoTime() - 2 * BUSY.toNanos();

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

    /** What is counted of its work; for any thread. */
    Measures measures() {
        return log.measures();
    }

    /** How many bytes of lines wait for the disk; for any thread. */
    long waitingBytes() {
        return queue.bytes();
    }

    /** Tells whether reports come so fast that they need the processors; for any thread. */
    boolean isBusy() {
        return queue.bytes() > 0 || System.nanoTime() - kept < BUSY.toNanos();
    }

    /** How far the segments of this instance may be read; for any thread. */
    Frontier frontier() {
        return log.frontier();
    }

    /**
     * Does work on the writer's thread, between two batches, and returns when it is done; for any other thread.
     *
     * @throws IOException what the work throws, or that the sink is closed
     */
    void between(Work work) throws IOException {
        Interlude interlude = new Interlude(work, new CompletableFuture<>());
        interludes.add(interlude);
        queue.wake();
        if (ended.isDone()) {
            interlude.done.completeExceptionally(new IOException("the sink is closed"));
        }
        try {
            interlude.done.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof IOException cause ? Failure.of(cause) : new IOException(failed);
        }
    }

    /** What is done between two batches. */
    interface Work {
        void run(Log log, RefusedReports refused) throws IOException;
    }

    private record Interlude(Work work, CompletableFuture<Void> done) {}

    private void play(Interlude interlude) {
        try {
            interlude.work.run(log, refused);
            interlude.done.complete(null);
        } catch (IOException failed) {
            interlude.done.completeExceptionally(failed);
        } finally {
            interlude.done.completeExceptionally(new IOException("the sink has stopped"));
        }
    }

    private void run() {
        try {
            while (!queue.isDrained()) {
                List<PendingAppend> appends = queue.take(log.untilSync(), gathering);
                Thread.interrupted(); // clears a stray interrupt, which would close the file
                if (!appends.isEmpty()) {
                    write(appends);
                }
                log.syncIfDue();
                for (Interlude next = interludes.poll(); next != null; next = interludes.poll()) {
                    play(next);
                }
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
            keep(new Batch(appends, window, refused), appends.get(0).day());
        } finally {
            appends.forEach(PendingAppend::abandon);
            queue.release(appends);
        }
    }

    private void keep(Batch batch, LocalDate received) {
        try {
            List<byte[]> lines = batch.lines();
            if (!lines.isEmpty()) {
                long begun = System.nanoTime();
                log.append(lines, received);
                gathering.took(Duration.ofNanos(System.nanoTime() - begun));
            }
            queue.expect(batch.size());
            batch.keep();
            kept = System.nanoTime();
        } catch (IOException failure) {
            batch.fail(failure);
        }
    }

    /** Leaves nobody waiting, whatever ended the thread. */
    private void abandonAll() {
        queue.close();
        while (!queue.isDrained()) {
            queue.take(Duration.ZERO, gathering).forEach(PendingAppend::abandon);
        }
        ended.completeExceptionally(new IOException("the writer has stopped"));
        IOException closed = new IOException("the sink is closed");
        interludes.forEach(interlude -> interlude.done.completeExceptionally(closed));
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
