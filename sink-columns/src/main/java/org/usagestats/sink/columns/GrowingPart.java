package org.usagestats.sink.columns;

import java.io.IOException;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usagestats.sink.Selection;

/** The first reports of a part that grows: those that were there at some moment. */
final class GrowingPart extends Part {

    private final PartBuilder builder;
    private final int rows;
    private final BitSet damaged;
    private final Set<String> keys;
    private final OtherKeys others;
    private final Map<String, Column> columns = new HashMap<>();
    private final Map<Selection.Clock, Times> times = new EnumMap<>(Selection.Clock.class);

    /**
     * Takes the reports that are there.
     *
     * @param builder which gathers them, locked while it does
     */
    GrowingPart(PartBuilder builder) {
        this.builder = builder;
        this.rows = builder.rows();
        this.damaged = (BitSet) builder.damaged().clone();
        this.keys = new LinkedHashSet<>(builder.columns().keySet());
        this.others = builder.others().copy();
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
    Set<String> keys() {
        return keys;
    }

    @Override
    OtherKeys others() {
        return others;
    }

    @Override
    Times.Extent extent(Selection.Clock clock) {
        return times(clock).extent();
    }

    @Override
    Times times(Selection.Clock clock) {
        synchronized (builder) {
            return times.computeIfAbsent(clock, wanted -> builder.times(wanted, rows));
        }
    }

    @Override
    Column column(String key, KeyValues values) throws IOException {
        synchronized (builder) {
            Column known = columns.get(key);
            if (known == null || known.values() != values) {
                known = read(builder.columns().get(key), values);
                columns.put(key, known);
            }
            return known;
        }
    }

    private Column read(@Nullable ColumnBuilder column, KeyValues values) throws NotIndexedException {
        return column == null
                ? Column.missing(rows, values)
                : new Column(column.codes(rows), column.numbers(values), values);
    }

    @Override
    void ids(int from, IdColumn.Taker taker) {
        synchronized (builder) {
            builder.ids().forEach(from, rows, taker);
        }
    }
}
