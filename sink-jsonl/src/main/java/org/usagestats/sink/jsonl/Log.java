package org.usagestats.sink.jsonl;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usagestats.sink.Durability;
import org.usagestats.sink.kit.Disk;

/**
 * The log as one run of an instance writes it: one segment after the other, the next one when it is a new day or the
 * segment is long enough. Belongs to the writer's thread, but for {@link #frontier()}.
 *
 * <p>A segment is synced before the next one is begun, whatever the durability: so a power cut tears the newest segment
 * only, and a restart need look at no other.
 */
final class Log implements Closeable {

    private static final System.Logger LOG = System.getLogger("org.usagestats.sink.jsonl");
    private static final Duration SYNC_INTERVAL = Duration.ofSeconds(1);
    private static final Duration FOR_EVER = Duration.ofDays(365);
    private static final int BUFFER_BYTES = 1 << 17;

    private final Settings settings;
    private final Disk disk;
    private final Measures measures = new Measures();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private @Nullable OpenSegment open;
    private LocalDate day = LocalDate.MIN;
    private long sequence;
    private long unsyncedSince;
    private volatile Frontier frontier;

    /**
     * Starts behind what earlier runs have written.
     *
     * @param sequence the number of their newest segment, or 0
     */
    Log(Settings settings, Disk disk, long sequence) {
        this.settings = settings;
        this.disk = new TimedDisk(disk, measures);
        this.sequence = sequence;
        this.frontier = new Frontier(sequence, Long.MAX_VALUE);
    }

    /** What it counts of its work; for any thread. */
    Measures measures() {
        return measures;
    }

    /** How far the segments of this instance may be read; for any thread. */
    Frontier frontier() {
        return frontier;
    }

    /**
     * Keeps lines, all or none of them, as durably as the settings say.
     *
     * @param received the UTC day on which the reports were received; they never go to an earlier day than others did
     */
    void append(List<byte[]> lines, LocalDate received) throws IOException {
        OpenSegment segment = segmentOf(received);
        boolean allSynced = !segment.isUnsynced();
        try {
            segment.write(lines, buffer);
            measures.wrote(lines.size());
            if (settings.durability() == Durability.ALWAYS) {
                segment.sync();
            }
        } catch (IOException failed) {
            if (!segment.takeBack()) {
                seal(segment);
            }
            throw failed;
        }
        segment.keep();
        frontier = new Frontier(sequence, segment.length());
        if (allSynced) {
            unsyncedSince = System.nanoTime();
        }
    }

    private OpenSegment segmentOf(LocalDate received) throws IOException {
        if (received.isAfter(day)) {
            day = received;
        }
        OpenSegment segment = open;
        if (segment != null) {
            if (segment.day().equals(day) && segment.length() < settings.segmentBytes()) {
                return segment;
            }
            seal(segment);
        }
        segment = create();
        open = segment;
        return segment;
    }

    /**
     * Ends the segment that is being written, if there is one, and begins the next, so that all others are sealed.
     *
     * @param earliest the UTC day it is to be of, if no report was received on a later one
     */
    void beginNext(LocalDate earliest) throws IOException {
        if (earliest.isAfter(day)) {
            day = earliest;
        }
        if (open != null) {
            seal(open);
        }
        open = create();
        frontier = new Frontier(sequence, 0);
    }

    private OpenSegment create() throws IOException {
        sequence++;
        Path file = settings.layout().file(Segment.of(day, settings.instance(), sequence));
        Path directory = settings.layout().directory(day);
        disk.createDirectory(directory);
        FileChannel channel = disk.create(file);
        try {
            disk.syncDirectory(directory);
            disk.syncDirectory(settings.layout().root());
        } catch (IOException withoutName) {
            channel.close();
            Files.delete(file);
            throw withoutName;
        }
        return new OpenSegment(disk, channel, day);
    }

    /** Ends a segment for good. */
    private void seal(OpenSegment segment) {
        try {
            end(segment);
        } catch (IOException unconfirmed) {
            LOG.log(
                    Level.ERROR,
                    "the disk did not confirm the last reports in "
                            + settings.layout().root() + ": " + Failure.reason(unconfirmed));
        }
    }

    private void end(OpenSegment segment) throws IOException {
        open = null;
        try (segment) {
            if (segment.isUnsynced()) {
                segment.sync();
            }
        }
    }

    /** How long it may take until {@link #syncIfDue} is called, if nothing is appended. */
    Duration untilSync() {
        OpenSegment segment = open;
        if (settings.durability() != Durability.INTERVAL || segment == null || !segment.isUnsynced()) {
            return FOR_EVER;
        }
        return SYNC_INTERVAL.minusNanos(System.nanoTime() - unsyncedSince);
    }

    /** Syncs what {@link Durability#INTERVAL} owes the disk, once it is due. */
    void syncIfDue() {
        OpenSegment segment = open;
        if (segment != null && untilSync().compareTo(Duration.ZERO) <= 0) {
            try {
                segment.sync();
            } catch (IOException unconfirmed) {
                seal(segment);
            }
        }
    }

    /** Makes durable what is not yet. */
    @Override
    public void close() throws IOException {
        if (open != null) {
            end(open);
        }
    }
}
