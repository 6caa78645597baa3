package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.usagestats.sink.columns.Columns;
import org.usagestats.sink.columns.Part;
import org.usagestats.sink.columns.PartBuilder;

/**
 * The reports of a segment that grows, by columns in memory. It is read on, from where it was read to, whenever a question
 * asks for it: those who append have nothing to do with it. For use by several threads.
 */
final class GrowingColumns {

    private static final int ENDING_BYTES = 1 << 12;

    private final Segment segment;
    private final Path file;
    private final String instance;
    private final List<Part> full = new ArrayList<>();
    private PartBuilder builder = new PartBuilder();
    private @Nullable Part last;
    private Object content = new Object();
    private @Nullable Object fileKey;
    private int ending;
    private long read;
    private long damagedLines;

    /**
     * Starts with no report.
     *
     * @param instance whose sink reads it: the segments of others may be growing
     */
    GrowingColumns(Segment segment, Path file, String instance) {
        this.segment = segment;
        this.file = file;
        this.instance = instance;
    }

    /**
     * Reads on.
     *
     * @param readable how many bytes to read at the most
     * @return the reports so far
     */
    synchronized Columns upTo(long readable) throws IOException {
        while (!isReadOn(readable)) {
            forget();
        }
        List<Part> parts = new ArrayList<>(full);
        if (builder.rows() > 0) {
            parts.add(lastPart());
        }
        return new Columns(segment, content, List.copyOf(parts), damagedLines);
    }

    /** Reads on; false if the file is, or becomes meanwhile, another than the one that was read. */
    private boolean isReadOn(long readable) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        if (!isSame(now)) {
            return false;
        }
        fileKey = now.fileKey();
        if (Math.min(now.size(), readable) > read) {
            readOn(readable);
            ending = ending();
        }
        return Objects.equals(
                fileKey, Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    }

    /** How many bytes were read. */
    synchronized long read() {
        return read;
    }

    /** The same as long as reports are only added. */
    synchronized Object content() {
        return content;
    }

    private Part lastPart() {
        Part part = last;
        if (part == null || part.rows() != builder.rows()) {
            part = builder.part();
            last = part;
        }
        return part;
    }

    /** Tells whether it is still the file that was read, with the same bytes before that place. */
    private boolean isSame(BasicFileAttributes now) throws IOException {
        return read == 0 || (Objects.equals(fileKey, now.fileKey()) && now.size() >= read && ending() == ending);
    }

    /** The CRC-32C of the bytes before the place to which the file was read. */
    private int ending() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(ENDING_BYTES, read));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long from = read - bytes.capacity();
            while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
                // goes on
            }
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes.flip());
        return (int) crc.getValue();
    }

    private void forget() {
        full.clear();
        builder = new PartBuilder();
        last = null;
        content = new Object();
        read = 0;
        damagedLines = 0;
    }

    private void readOn(long readable) throws IOException {
        try (SegmentReader reports = new SegmentReader(segment, instance, LineReader.from(file, read, readable))) {
            while (addAll(reports, builder)) {
                full.add(lastPart());
                builder = new PartBuilder();
                last = null;
            }
            read = reports.whole();
            damagedLines += reports.damaged();
        } catch (IOException unreadable) {
            forget();
            throw unreadable;
        }
    }

    /** Adds reports until there are no more, or the part is full; true if it is. */
    private static boolean addAll(SegmentReader reports, PartBuilder to) throws IOException {
        while (reports.next()) {
            to.add(reports.bytes(), reports.from(), reports.to());
            if (to.isFull()) {
                return true;
            }
        }
        return false;
    }
}
