package org.usagestats.sink.columns;

import java.io.IOException;
import java.time.Instant;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.usagestats.sink.SeenField;
import org.usagestats.sink.Selection;
import org.usagestats.sink.Value;
import org.usagestats.sink.kit.PlainFields;

/** Lists the fields of reports by their columns. Used once. */
final class ColumnFields {

    private final Costs costs;
    private final Shelf shelf;
    private final Map<String, KeyValues> keys = new TreeMap<>();
    private final Map<String, Seen> fields = new TreeMap<>();

    /** What is known of a field: of its values the numbers. */
    private record Seen(KeyValues of, BitSet values, long reports, long first, long last) {

        Seen and(Seen other) {
            values.or(other.values);
            return new Seen(
                    of, values, reports + other.reports, Math.min(first, other.first), Math.max(last, other.last));
        }

        SeenField named(String name) {
            Set<Value.Kind> kinds = EnumSet.noneOf(Value.Kind.class);
            values.stream().forEach(number -> kinds.add(of.kind(number)));
            boolean timed = first <= last;
            return new SeenField(
                    name,
                    kinds,
                    reports,
                    values.cardinality(),
                    timed ? Optional.of(Instant.ofEpochMilli(first)) : Optional.empty(),
                    timed ? Optional.of(Instant.ofEpochMilli(last)) : Optional.empty());
        }
    }

    ColumnFields(Costs costs, Shelf shelf) {
        this.costs = costs;
        this.shelf = shelf;
    }

    /**
     * Lists them.
     *
     * @param pieces all reports
     * @throws NotIndexedException if some fields have no column
     */
    List<SeenField> of(List<Piece> pieces, Workers workers) throws IOException {
        for (Piece piece : pieces) {
            piece.part().keys().forEach(key -> keys.computeIfAbsent(key, shelf::values));
        }
        workers.each(pieces, this::look);
        return fields.entrySet().stream()
                .filter(field -> field.getValue().reports > 0 && !PlainFields.isLeftOut(field.getKey()))
                .map(field -> field.getValue().named(field.getKey()))
                .toList();
    }

    private void look(Piece piece) throws IOException {
        Part part = piece.part();
        if (part.others().isCountless() || !part.others().names().isEmpty()) {
            throw new NotIndexedException("some fields are in no column");
        }
        Times.Extent extent = part.extent(Selection.Clock.RECEIVED);
        boolean whole = piece.isWhole() && !extent.missing();
        int[] rows = piece.rows().toArray();
        for (Map.Entry<String, KeyValues> key : keys.entrySet()) {
            if (part.keys().contains(key.getKey())) {
                costs.requireTime();
                Column column = shelf.column(part, key.getKey(), key.getValue());
                boolean inAll = whole && !column.codes().used().get(Dictionary.NONE);
                add(
                        key.getKey(),
                        inAll ? all(column, extent) : seen(column, rows, shelf.times(part, Selection.Clock.RECEIVED)));
            }
        }
    }

    /** What is known of a field that every report has. */
    private static Seen all(Column column, Times.Extent extent) {
        BitSet values = new BitSet();
        column.codes().used().stream().forEach(code -> values.set(column.numbers()[code]));
        return new Seen(column.values(), values, column.codes().rows(), extent.least(), extent.greatest());
    }

    private synchronized void add(String key, Seen seen) {
        fields.merge(key, seen, Seen::and);
    }

    private static Seen seen(Column column, int[] rows, Times received) {
        BitSet values = new BitSet();
        long reports = 0;
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (int row : rows) {
            int code = column.codes().at(row);
            if (code != Dictionary.NONE) {
                reports++;
                values.set(column.numbers()[code]);
                long time = received.at(row);
                if (time != Times.NONE) {
                    first = Math.min(first, time);
                    last = Math.max(last, time);
                }
            }
        }
        return new Seen(column.values(), values, reports, first, last);
    }
}
