package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.usagestats.sink.Selection;

/** Reports that are read from the file when they are asked for. */
record StoredPart(
        Path path,
        int rows,
        BitSet damaged,
        List<Times.Extent> extents,
        List<Section> times,
        Section ids,
        OtherKeys others,
        Map<String, Section> columns)
        implements Part {

    static StoredPart from(ByteBuffer list, Path path) {
        int rows = list.getInt();
        long[] damaged = new long[(int) SectionBuffer.getVar(list)];
        for (int i = 0; i < damaged.length; i++) {
            damaged[i] = list.getLong();
        }
        List<Times.Extent> extents = new ArrayList<>();
        List<Section> times = new ArrayList<>();
        for (int i = 0; i < Selection.Clock.values().length; i++) {
            extents.add(new Times.Extent(list.getLong(), list.getLong(), list.get() == 1));
            times.add(Section.from(list));
        }
        Section ids = Section.from(list);
        OtherKeys others = others(list);
        Map<String, Section> columns = new LinkedHashMap<>();
        for (long left = SectionBuffer.getVar(list); left > 0; left--) {
            columns.put(SectionBuffer.getText(list), Section.from(list));
        }
        return new StoredPart(path, rows, BitSet.valueOf(damaged), extents, times, ids, others, columns);
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
        return extents.get(clock.ordinal());
    }

    @Override
    public Times times(Selection.Clock clock) throws IOException {
        return Sections.times(times.get(clock.ordinal()).read(path), rows);
    }

    @Override
    public Column column(String key, KeyValues values) throws IOException {
        Section section = columns.get(key);
        return section == null ? Column.missing(rows, values) : Sections.column(section.read(path), rows, values);
    }

    @Override
    public void ids(int from, IdColumn.Taker taker) throws IOException {
        Sections.ids(ids.read(path), from, taker);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
