package org.usagestats.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.usagestats.sink.ExportableSink;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.Selection;

/** Keeps reports in memory, each id once; it can be told to fail, and to take its time. */
final class ListSink implements ExportableSink {

    private final List<ReceivedReport> reports = new ArrayList<>();
    private final CountDownLatch entered = new CountDownLatch(1);
    private @Nullable IOException failure;
    private volatile @Nullable CountDownLatch hold;
    private int appends;
    private boolean closed;

    @Override
    public List<Outcome> append(List<ReceivedReport> more) throws IOException {
        entered.countDown();
        waitIfHeld();
        synchronized (this) {
            appends++;
            if (failure != null) {
                throw failure;
            }
            return more.stream().map(this::outcome).toList();
        }
    }

    @Override
    public synchronized void exportJsonLines(Selection selection, OutputStream out) throws IOException {
        for (ReceivedReport report : reports) {
            out.write(report.json());
            out.write('\n');
        }
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Makes every call fail so, or none if null. */
    synchronized void fail(@Nullable IOException with) {
        failure = with;
    }

    /** Makes every append wait for the latch. */
    void hold(CountDownLatch until) {
        hold = until;
    }

    CountDownLatch entered() {
        return entered;
    }

    /** How often it was called, whether it failed or not. */
    synchronized int appends() {
        return appends;
    }

    synchronized List<ReceivedReport> reports() {
        return List.copyOf(reports);
    }

    List<String> json() {
        return reports().stream()
                .map(report -> new String(report.json(), StandardCharsets.UTF_8))
                .toList();
    }

    private Outcome outcome(ReceivedReport report) {
        Optional<ReceivedReport> same = reports.stream()
                .filter(kept -> kept.id().isPresent() && kept.id().equals(report.id()))
                .findFirst();
        if (same.isPresent()) {
            return Arrays.equals(same.get().body(), report.body()) ? Outcome.DUPLICATE : Outcome.CONFLICT;
        }
        reports.add(report);
        return Outcome.STORED;
    }

    private void waitIfHeld() throws IOException {
        CountDownLatch latch = hold;
        try {
            if (latch != null) {
                latch.await();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }
}
