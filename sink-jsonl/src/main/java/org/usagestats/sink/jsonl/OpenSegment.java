package org.usagestats.sink.jsonl;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usagestats.sink.kit.Disk;

/**
 * The segment that is being written. What was written is kept or taken back; after a sync that failed nothing is built on
 * the file any more, since a second sync could succeed without the data being on the disk.
 */
final class OpenSegment implements Closeable {

    private final Disk disk;
    private final FileChannel file;
    private final LocalDate day;
    private long kept;
    private long written;
    private boolean synced = true;
    private @Nullable IOException unconfirmed;

    OpenSegment(Disk disk, FileChannel file, LocalDate day) {
        this.disk = disk;
        this.file = file;
        this.day = day;
    }

    /** The UTC day of its reports. */
    LocalDate day() {
        return day;
    }

    /** The length of what is kept. */
    long length() {
        return kept;
    }

    /**
     * Writes lines behind what is kept.
     *
     * @param buffer empty, and empty again afterwards
     */
    void write(List<byte[]> lines, ByteBuffer buffer) throws IOException {
        synced = false;
        for (byte[] line : lines) {
            int done = 0;
            while (done < line.length) {
                int part = Math.min(buffer.remaining(), line.length - done);
                buffer.put(line, done, part);
                done += part;
                if (!buffer.hasRemaining()) {
                    drain(buffer);
                }
            }
            written += line.length;
        }
        drain(buffer);
    }

    private void drain(ByteBuffer buffer) throws IOException {
        try {
            disk.write(file, buffer.flip());
        } finally {
            buffer.clear();
        }
    }

    /** Keeps what was written. */
    void keep() {
        kept = written;
    }

    /**
     * Takes back what was written since {@link #keep}.
     *
     * @return false if the segment is not to be written any more
     */
    boolean takeBack() {
        try {
            disk.truncate(file, kept);
            written = kept;
            return unconfirmed == null && file.size() == kept;
        } catch (IOException tornForGood) {
            return false;
        }
    }

    /** Tells whether something is not known to be on the disk. */
    boolean isUnsynced() {
        return !synced;
    }

    /** Makes durable what was written; once that has failed, it fails for ever. */
    void sync() throws IOException {
        if (unconfirmed != null) {
            throw unconfirmed;
        }
        try {
            disk.sync(file);
            synced = true;
        } catch (IOException failed) {
            unconfirmed = failed;
            throw failed;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
