package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usagestats.sink.Selection;

/** Reports that are read from the file when they are asked for. */
record StoredPart(
        Path path,
        int rows,
        BitSet damaged,
        Timed received,
        Timed reported,
        Section ids,
        OtherKeys others,
        Map<String, Section> columns)
        implements Part {

    /** What is known of the times of one clock. */
    record Timed(Times.Extent extent, Section times) {

        static Timed from(ByteBuffer list) {
            return new Timed(new Times.Extent(list.getLong(), list.getLong(), list.get() == 1), Section.from(list));
        }
    }

    private Timed timed(Selection.Clock clock) {
        return clock == Selection.Clock.RECEIVED ? received : reported;
    }

    static StoredPart from(ByteBuffer list, Path path) {
        int rows = list.getInt();
        long[] damaged = new long[(int) SectionBuffer.getVar(list)];
        for (int i = 0; i < damaged.length; i++) {
            damaged[i] = list.getLong();
        }
        Timed received = Timed.from(list);
        Timed reported = Timed.from(list);
        Section ids = Section.from(list);
        OtherKeys others = others(list);
        Map<String, Section> columns = new LinkedHashMap<>();
        for (long left = SectionBuffer.getVar(list); left > 0; left--) {
            columns.put(SectionBuffer.getText(list), Section.from(list));
        }
        return new StoredPart(path, rows, BitSet.valueOf(damaged), received, reported, ids, others, columns);
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
    public Set<String> keys() {
        return columns.keySet();
    }

    @Override
    public Times.Extent extent(Selection.Clock clock) {
        return timed(clock).extent;
    }

    @Override
    public Times times(Selection.Clock clock) throws IOException {
        Times near = clock == Selection.Clock.RECEIVED ? Times.none(rows) : times(Selection.Clock.RECEIVED);
        return Sections.times(timed(clock).times.read(path), near, rows);
    }

    @Override
    public Column column(String key, KeyValues values) throws IOException {
        Section section = columns.get(key);
        return section == null ? Column.missing(rows, values) : Sections.column(section.read(path), rows, values);
    }

    @Override
    public void ids(int from, IdColumn.Taker taker) throws IOException {
        Sections.ids(ids.read(path), rows, from, taker);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
