package org.usagestats.sink.jsonl;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.usagestats.sink.Selection;

/**
 * The reports of one segment by columns, in a file that is derived from it.
 *
 * <p>It consists of sections, each a column of some reports, a list of them, and at the end 24 bytes that say where the list
 * is: a file that was not written to its end has none. List and sections have their CRC-32C; a section is read when it is
 * asked for. Numbers are little-endian. A file that cannot be read as it should is made anew.
 */
final class ColumnFile {

    private static final long MAGIC = 0x757374_636f6c_0003L;
    private static final int TRAILER_BYTES = 24;

    private final long damagedLines;
    private final List<Part> parts;

    private ColumnFile(long damagedLines, List<Part> parts) {
        this.damagedLines = damagedLines;
        this.parts = parts;
    }

    /** How many lines of the segment are damaged. */
    long damagedLines() {
        return damagedLines;
    }

    /** The reports, in their order. */
    List<Part> parts() {
        return parts;
    }

    /** Writes a new file. */
    static final class Writing implements Closeable {

        private final Disk disk;
        private final FileChannel file;
        private final SectionBuffer section = new SectionBuffer();
        private final SectionBuffer list = new SectionBuffer();
        private long offset;
        private int parts;

        Writing(Disk disk, Path path) throws IOException {
            this.disk = disk;
            this.file = disk.create(path);
        }

        /** Adds reports. */
        void add(PartBuilder part) throws IOException {
            parts++;
            list.room(4).putInt(part.rows());
            long[] damaged = part.damaged().toLongArray();
            list.putVar(damaged.length);
            for (long word : damaged) {
                list.room(8).putLong(word);
            }
            Times received = part.times(Selection.Clock.RECEIVED, part.rows());
            addTimes(received, Times.none(part.rows()), part.rows());
            addTimes(part.times(Selection.Clock.REPORTED, part.rows()), received, part.rows());
            Sections.putIds(section, part.ids(), part.rows());
            addSection();
            addOthers(part.others());
            list.putVar(part.columns().size());
            for (Map.Entry<String, ColumnBuilder> column : part.columns().entrySet()) {
                ColumnBuilder built = column.getValue();
                list.putText(column.getKey());
                Sections.putColumn(section, built.values(), built.codes(part.rows()), built.present());
                addSection();
            }
        }

        private void addTimes(Times times, Times near, int rows) throws IOException {
            Times.Extent extent = times.extent();
            list.room(17).putLong(extent.least()).putLong(extent.greatest()).put((byte) (extent.missing() ? 1 : 0));
            Sections.putTimes(section, times, near, rows);
            addSection();
        }

        private void addOthers(OtherKeys others) {
            list.putVar(others.isCountless() ? 1 : 0);
            Set<String> names = others.isCountless() ? Set.of() : others.names();
            list.putVar(names.size());
            names.forEach(list::putText);
        }

        private void addSection() throws IOException {
            ByteBuffer bytes = section.flip();
            int length = bytes.remaining();
            list.room(16).putLong(offset).putInt(length).putInt(Section.checksumOf(bytes));
            disk.write(file, bytes);
            offset += length;
            section.clear();
        }

        /** Says that these were all. */
        void finish(IdFile.Origin origin, long damagedLines) throws IOException {
            ByteBuffer head = section.room(48);
            head.putLong(origin.segment().bytes()).putLong(origin.segment().changed());
            head.putInt(origin.ending()).putLong(damagedLines).putInt(parts);
            ByteBuffer rest = list.flip();
            section.room(rest.remaining()).put(rest);
            ByteBuffer all = section.flip();
            int length = all.remaining();
            int checksum = Section.checksumOf(all);
            disk.write(file, all);
            section.clear();
            section.room(TRAILER_BYTES)
                    .putLong(offset)
                    .putInt(length)
                    .putInt(checksum)
                    .putLong(MAGIC);
            disk.write(file, section.flip());
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /**
     * Opens a file.
     *
     * @throws IOException if there is none, it is damaged, or it is made from something else
     */
    static ColumnFile open(Path path, IdFile.Origin origin) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer list = list(file);
            boolean same = list.getLong() == origin.segment().bytes()
                    && list.getLong() == origin.segment().changed()
                    && list.getInt() == origin.ending();
            if (!same) {
                throw new IOException("these columns are of another segment");
            }
            long damagedLines = list.getLong();
            List<Part> parts = new ArrayList<>();
            for (int left = list.getInt(); left > 0; left--) {
                parts.add(StoredPart.from(list, path));
            }
            return new ColumnFile(damagedLines, List.copyOf(parts));
        } catch (BufferUnderflowException | IllegalArgumentException damaged) {
            throw new IOException("the file is damaged", damaged);
        }
    }

    private static ByteBuffer list(FileChannel file) throws IOException {
        long end = file.size() - TRAILER_BYTES;
        ByteBuffer trailer = ByteBuffer.allocate(TRAILER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        if (end < 0 || file.read(trailer, end) < TRAILER_BYTES) {
            throw new EOFException("the file is cut short");
        }
        Section list = Section.from(trailer.flip());
        if (trailer.getLong() != MAGIC
                || list.offset() < 0
                || list.length() < 0
                || list.offset() + list.length() != end) {
            throw new IOException("the file is of another version, or damaged");
        }
        return list.read(file);
    }
}
