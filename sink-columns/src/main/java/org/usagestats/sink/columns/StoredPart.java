package org.usagestats.sink.columns;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.usagestats.sink.Selection;
import org.usagestats.sink.kit.ReportTime;

/** Reports that are read from the file when they are asked for. */
final class StoredPart extends Part {

    private final Path path;
    private final int rows;
    private final BitSet damaged;
    private final Timed received;
    private final Timed reported;
    private final Section ids;
    private final OtherKeys others;
    private final Map<String, Section> columns;

    private StoredPart(ListReader list, Path path) {
        this.path = path;
        this.rows = list.bytes().getInt();
        this.damaged = damaged(list.bytes());
        this.received = Timed.from(list);
        this.reported = Timed.from(list);
        this.ids = list.section();
        this.others = others(list.bytes());
        this.columns = columns(list);
    }

    /**
     * Reads from a list of parts where it stands in the file.
     *
     * @throws IllegalArgumentException if that cannot be
     */
    static StoredPart from(ListReader list, Path path) {
        StoredPart part = new StoredPart(list, path);
        SectionBuffer.require(part.rows >= 0 && part.rows <= PartBuilder.MOST_ROWS);
        SectionBuffer.require(part.damaged.length() <= part.rows && part.columns.size() <= PartBuilder.MOST_COLUMNS);
        // A time takes a byte or more: what is too short is not read, and what is long enough bounds the rows.
        SectionBuffer.require(part.received.times.length() >= part.rows && part.reported.times.length() >= part.rows);
        return part;
    }

    /** What is known of the times of one clock. */
    record Timed(Times.Extent extent, Section times) {

        static Timed from(ListReader list) {
            ByteBuffer bytes = list.bytes();
            Times.Extent extent = new Times.Extent(bytes.getLong(), bytes.getLong(), bytes.get() == 1);
            SectionBuffer.require(extent.isEmpty() || (isTime(extent.least()) && isTime(extent.greatest())));
            return new Timed(extent, list.section());
        }

        private static boolean isTime(long time) {
            return ReportTime.isPossible(Instant.ofEpochMilli(time));
        }
    }

    private Timed timed(Selection.Clock clock) {
        return clock == Selection.Clock.RECEIVED ? received : reported;
    }

    private static BitSet damaged(ByteBuffer list) {
        long[] damaged = new long[SectionBuffer.getCount(list, Long.BYTES)];
        for (int i = 0; i < damaged.length; i++) {
            damaged[i] = list.getLong();
        }
        return BitSet.valueOf(damaged);
    }

    private static Map<String, Section> columns(ListReader list) {
        Map<String, Section> columns = new LinkedHashMap<>();
        for (int left = SectionBuffer.getCount(list.bytes(), 1); left > 0; left--) {
            Section before = columns.put(shared(SectionBuffer.getText(list.bytes())), list.section());
            SectionBuffer.require(before == null);
        }
        return columns;
    }

    /** Each question compares the keys of all parts, which are mostly the same: they are to be one object. */
    private static String shared(String key) {
        return key.intern();
    }

    private static OtherKeys others(ByteBuffer list) {
        OtherKeys others = new OtherKeys();
        if (SectionBuffer.getVar(list) == 1) {
            others.addCountless();
        }
        for (int left = SectionBuffer.getCount(list, 1); left > 0; left--) {
            others.add(SectionBuffer.getText(list));
        }
        return others;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    BitSet damaged() {
        return damaged;
    }

    @Override
    OtherKeys others() {
        return others;
    }

    @Override
    Set<String> keys() {
        return columns.keySet();
    }

    @Override
    Times.Extent extent(Selection.Clock clock) {
        return timed(clock).extent;
    }

    @Override
    Times times(Selection.Clock clock) throws IOException {
        Times near = clock == Selection.Clock.RECEIVED ? Times.none(rows) : times(Selection.Clock.RECEIVED);
        Timed timed = timed(clock);
        return read(timed.times, bytes -> {
            Times times = Sections.times(bytes, near, rows);
            SectionBuffer.require(times.extent().equals(timed.extent));
            return times;
        });
    }

    /** What is made of the bytes of a section, all of them. */
    private interface Reading<T> {
        T of(ByteBuffer bytes) throws IOException;
    }

    private <T> T read(Section section, Reading<T> reading) throws IOException {
        ByteBuffer bytes = section.read(path);
        try {
            T read = reading.of(bytes);
            SectionBuffer.require(!bytes.hasRemaining());
            return read;
        } catch (BufferUnderflowException | IllegalArgumentException damaged) {
            throw new UnreadableColumnsException(path, new IOException("the file is damaged", damaged));
        }
    }

    @Override
    Column column(String key, KeyValues values) throws IOException {
        Section section = columns.get(key);
        return section == null
                ? Column.missing(rows, values)
                : read(section, bytes -> Sections.column(bytes, rows, values));
    }

    @Override
    void ids(int from, IdColumn.Taker taker) throws IOException {
        read(ids, bytes -> {
            Sections.ids(bytes, rows, from, taker);
            return rows;
        });
    }
}
