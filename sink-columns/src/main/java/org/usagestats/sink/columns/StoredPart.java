package org.usagestats.sink.columns;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.usagestats.sink.Selection;

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

    private StoredPart(ByteBuffer list, Path path) {
        this.path = path;
        this.rows = list.getInt();
        this.damaged = damaged(list);
        this.received = Timed.from(list);
        this.reported = Timed.from(list);
        this.ids = Section.from(list);
        this.others = others(list);
        this.columns = columns(list);
    }

    /** Reads from a list of parts where it stands in the file. */
    static StoredPart from(ByteBuffer list, Path path) {
        return new StoredPart(list, path);
    }

    /** What is known of the times of one clock. */
    record Timed(Times.Extent extent, Section times) {

        static Timed from(ByteBuffer list) {
            return new Timed(new Times.Extent(list.getLong(), list.getLong(), list.get() == 1), Section.from(list));
        }
    }

    private Timed timed(Selection.Clock clock) {
        return clock == Selection.Clock.RECEIVED ? received : reported;
    }

    private static BitSet damaged(ByteBuffer list) {
        long[] damaged = new long[(int) SectionBuffer.getVar(list)];
        for (int i = 0; i < damaged.length; i++) {
            damaged[i] = list.getLong();
        }
        return BitSet.valueOf(damaged);
    }

    private static Map<String, Section> columns(ByteBuffer list) {
        Map<String, Section> columns = new LinkedHashMap<>();
        for (long left = SectionBuffer.getVar(list); left > 0; left--) {
            columns.put(shared(SectionBuffer.getText(list)), Section.from(list));
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
        for (long left = SectionBuffer.getVar(list); left > 0; left--) {
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
        return Sections.times(timed(clock).times.read(path), near, rows);
    }

    @Override
    Column column(String key, KeyValues values) throws IOException {
        Section section = columns.get(key);
        return section == null ? Column.missing(rows, values) : Sections.column(section.read(path), rows, values);
    }

    @Override
    void ids(int from, IdColumn.Taker taker) throws IOException {
        Sections.ids(ids.read(path), rows, from, taker);
    }
}
