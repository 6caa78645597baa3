package org.usagestats.sink.columns;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.usagestats.sink.Selection;

/**
 * The reports of one source by columns, in a file that is derived from it. Immutable.
 *
 * <p>It consists of sections, each a column of some reports, a list of them, and at the end 24 bytes that say where the list
 * is: a file that was not written to its end has none. List and sections have their CRC-32C; a section is read when it is
 * asked for. Numbers are little-endian. A file that cannot be read as it should is made anew; so is one whose checksums are
 * right and whose numbers cannot be, such as codes of values that there are not.
 */
public final class ColumnFile {

    private static final long MAGIC = 0x757374_636f6c_0005L;
    private static final int TRAILER_BYTES = 24;

    private final long damagedLines;
    private final List<Part> parts;

    private ColumnFile(long damagedLines, List<Part> parts) {
        this.damagedLines = damagedLines;
        this.parts = parts;
    }

    /** How many lines of what it is derived from are damaged. */
    public long damagedLines() {
        return damagedLines;
    }

    /** The reports, in their order; each part is read when a question needs it. */
    public List<Part> parts() {
        return parts;
    }

    /** Writes a new file. Not for use by several threads. */
    public static final class Writing {

        private final OutputStream file;
        private final SectionBuffer section = new SectionBuffer();
        private final SectionBuffer list = new SectionBuffer();
        private long offset;
        private int parts;

        /** Starts at the beginning of a file, which it does not close. */
        public Writing(OutputStream file) {
            this.file = file;
        }

        /**
         * Adds the reports that a builder has gathered.
         *
         * @throws IllegalArgumentException if it went on although it was {@linkplain PartBuilder#isFull full}
         */
        public void add(PartBuilder part) throws IOException {
            if (part.rows() > PartBuilder.MOST_ROWS) {
                throw new IllegalArgumentException(part.rows() + " reports are too many for one part");
            }
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
            write(bytes);
            offset += length;
        }

        private void write(ByteBuffer bytes) throws IOException {
            file.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
            section.clear();
        }

        /**
         * Says that these were all.
         *
         * @param origin tells what the reports were read from
         * @param damagedLines how many lines of that are damaged
         */
        public void finish(byte[] origin, long damagedLines) throws IOException {
            section.putVar(origin.length);
            section.room(origin.length).put(origin);
            section.room(12).putLong(damagedLines).putInt(parts);
            ByteBuffer rest = list.flip();
            section.room(rest.remaining()).put(rest);
            ByteBuffer all = section.flip();
            int length = all.remaining();
            int checksum = Section.checksumOf(all);
            write(all);
            section.room(TRAILER_BYTES)
                    .putLong(offset)
                    .putInt(length)
                    .putInt(checksum)
                    .putLong(MAGIC);
            write(section.flip());
        }
    }

    /**
     * Opens a file.
     *
     * @param origin tells what its reports must have been read from
     * @throws IOException if there is none, it is damaged, or it is made from something else
     */
    public static ColumnFile open(Path path, byte[] origin) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            ListReader list = list(file);
            ByteBuffer bytes = list.bytes();
            byte[] made = new byte[SectionBuffer.getCount(bytes, 1)];
            bytes.get(made);
            if (!Arrays.equals(made, origin)) {
                throw new IOException("these columns are of something else");
            }
            long damagedLines = bytes.getLong();
            SectionBuffer.require(damagedLines >= 0);
            List<Part> parts = new ArrayList<>();
            for (int left = bytes.getInt(); left > 0; left--) {
                parts.add(StoredPart.from(list, path));
            }
            list.requireEnd();
            return new ColumnFile(damagedLines, List.copyOf(parts));
        } catch (BufferUnderflowException | IllegalArgumentException damaged) {
            throw new IOException("the file is damaged", damaged);
        }
    }

    private static ListReader list(FileChannel file) throws IOException {
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
        return new ListReader(list.read(file), list.offset());
    }
}
