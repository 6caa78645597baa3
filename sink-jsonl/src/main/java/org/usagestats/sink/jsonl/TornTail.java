package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.usagestats.sink.kit.Disk;

/** What a crash left behind the last whole line of a segment. */
final class TornTail {

    private static final System.Logger LOG = System.getLogger("org.usagestats.sink.jsonl");
    private static final int BUFFER_BYTES = 1 << 16;

    private TornTail() {}

    /**
     * Moves the tail of a segment, if there is one, to the quarantine, and syncs the segment: what is read from it from
     * now on is on the disk, also what an earlier run wrote and did not live to sync.
     */
    static void setAside(Disk disk, Layout layout, Segment segment) throws IOException {
        Path file = layout.file(segment);
        long whole = wholeLines(file);
        try (FileChannel channel = disk.open(file)) {
            long torn = channel.size() - whole;
            if (torn > 0) {
                Path copy = layout.quarantine().resolve(segment.name() + "." + whole + ".tail");
                copyTail(disk, channel.position(whole), copy);
                disk.syncDirectory(layout.quarantine());
                disk.truncate(channel, whole);
                LOG.log(Level.WARNING, "moved {0} torn bytes at the end of {1} to {2}", torn, file, copy);
            }
            disk.sync(channel);
        }
        disk.syncDirectory(layout.directory(segment.day()));
        disk.syncDirectory(layout.root());
    }

    /** The end of the last line whose checksum holds. */
    private static long wholeLines(Path file) throws IOException {
        long whole = 0;
        try (LineReader lines = new LineReader(file, Long.MAX_VALUE)) {
            for (LineReader.Step step = lines.next(); step != LineReader.Step.END; step = lines.next()) {
                if (step == LineReader.Step.LINE
                        && Line.check(lines.bytes(), lines.from(), lines.to()) == Line.Check.HOLDS) {
                    whole = lines.offset();
                }
            }
        }
        return whole;
    }

    /** Copies what an earlier attempt may have begun to copy: the tail is in the segment until its copy is durable. */
    private static void copyTail(Disk disk, FileChannel from, Path copy) throws IOException {
        Files.deleteIfExists(copy);
        try (FileChannel to = disk.create(copy)) {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
            while (from.read(buffer) >= 0) {
                disk.write(to, buffer.flip());
                buffer.clear();
            }
            disk.sync(to);
        }
    }
}
