package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.usagestats.sink.Reading;

/** What a sink counts of its own work since it was opened; for many threads at once. */
final class Measures {

    private static final double NANOS = 1e9;

    private final LongAdder batches = new LongAdder();
    private final LongAdder batchReports = new LongAdder();
    private final LongAdder syncs = new LongAdder();
    private final LongAdder syncNanos = new LongAdder();
    private volatile long damaged;

    /** So many reports were handed to the disk at once. */
    void wrote(int reports) {
        batches.increment();
        batchReports.add(reports);
    }

    void synced(long nanos) {
        syncs.increment();
        syncNanos.add(nanos);
    }

    /** A look at the whole log came upon so many damaged lines. */
    void found(long damagedLines) {
        damaged = damagedLines;
    }

    List<Reading> readings(Layout layout, long waitingBytes) throws IOException {
        return List.of(
                Reading.counter("batches_total", "Writes to the log; those who wait share one.", batches.sum()),
                Reading.counter(
                        "batch_reports_total",
                        "Reports in these writes: divided by the writes, the size of a batch.",
                        batchReports.sum()),
                Reading.counter("syncs_total", "Times the disk was told to keep what was written.", syncs.sum()),
                Reading.counter("sync_seconds_total", "Time the disk took for that.", syncNanos.sum() / NANOS),
                Reading.gauge("queue_bytes", "Bytes of reports that wait for the disk.", waitingBytes),
                Reading.gauge(
                        "quarantined_files",
                        "Torn ends of segments, set aside after a crash.",
                        layout.quarantined().size()),
                Reading.gauge(
                        "damaged_lines", "Damaged lines that the last look at the whole log came upon.", damaged));
    }
}
