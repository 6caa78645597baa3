package org.usagestats.sink.columns;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.usagestats.sink.Value;
import org.usagestats.sink.kit.FieldPath;

/**
 * What a question makes of the values at a path, as numbers: computed once for each different value. For use by several
 * threads.
 */
final class Meanings {

    private final FieldPath path;
    private final Meaning meaning;
    private final Map<FieldPath.Start, Known> known = new HashMap<>();
    private final Map<Set<String>, List<FieldPath.Start>> starts = new ConcurrentHashMap<>();
    private final boolean neverIndexed;
    private final int ofNothing;
    private final @Nullable KeyValues direct;

    /** Says what a value means. */
    interface Meaning {
        /** A number that is 0 if it means nothing. */
        int of(Optional<Value> found);
    }

    /** What the reports of a part mean: for each a number, and for each of those numbers what it means. Immutable. */
    static final class Seen {
        private final Codes codes;
        private final int[] meanings;

        Seen(Codes codes, int[] meanings) {
            this.codes = codes;
            this.meanings = meanings;
        }

        /** For each report a number. */
        Codes codes() {
            return codes;
        }

        /** What each of those numbers means. */
        int[] meanings() {
            return meanings;
        }
    }

    /** The meanings of the values of one key, by their numbers; one more than each, 0 where it is not known yet. */
    private static final class Known {
        private int[] meanings = {};
    }

    /**
     * Prepares a path.
     *
     * @param direct the values of which a string means its own number, if there are such
     */
    Meanings(FieldPath path, Meaning meaning, @Nullable KeyValues direct) {
        this.path = path;
        this.meaning = meaning;
        this.direct = direct;
        this.neverIndexed = OtherKeys.neverHas(path);
        this.ofNothing = meaning.of(Optional.empty());
    }

    /** Where in a part the path may begin. */
    List<FieldPath.Start> starts(Part part) throws NotIndexedException {
        if (neverIndexed || part.others().mayBegin(path)) {
            throw new NotIndexedException("a field that the question is about is in no column");
        }
        return starts.computeIfAbsent(part.keys(), path::starts);
    }

    /**
     * Looks at a part.
     *
     * @param columns the columns of the path's starts, in their order
     */
    Seen in(List<FieldPath.Start> starts, List<Column> columns, int rows) throws IOException {
        if (columns.isEmpty()) {
            return new Seen(Codes.constant(rows, 0), new int[] {ofNothing});
        }
        if (columns.size() == 1) {
            Column column = columns.get(0);
            return new Seen(column.codes(), meanings(starts.get(0), column));
        }
        return first(starts, columns, rows);
    }

    /** The first start that a report has counts. */
    private Seen first(List<FieldPath.Start> starts, List<Column> columns, int rows) {
        int[] codes = new int[rows];
        int[] all = {ofNothing};
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            int[] meanings = meanings(starts.get(i), column);
            int before = all.length - 1;
            all = Arrays.copyOf(all, before + meanings.length);
            System.arraycopy(meanings, 1, all, before + 1, meanings.length - 1);
            for (int row = 0; row < rows; row++) {
                int code = column.codes().at(row);
                if (codes[row] == 0 && code != Dictionary.NONE) {
                    codes[row] = before + code;
                }
            }
        }
        return new Seen(Codes.narrow(codes, rows, rows), all);
    }

    private synchronized int[] meanings(FieldPath.Start start, Column column) {
        if (column.values() == direct && direct.areStrings()) {
            return column.numbers();
        }
        Known of = known.computeIfAbsent(start, first -> new Known());
        if (of.meanings.length <= column.values().size()) {
            of.meanings = Arrays.copyOf(of.meanings, column.values().size() * 5 / 4 + 1);
        }
        int[] meanings = new int[column.numbers().length];
        meanings[0] = ofNothing;
        for (int code = 1; code < meanings.length; code++) {
            int number = column.numbers()[code];
            if (of.meanings[number] == 0) {
                of.meanings[number] = 1 + meaning(start, column.values(), number);
            }
            meanings[code] = of.meanings[number] - 1;
        }
        return meanings;
    }

    private int meaning(FieldPath.Start start, KeyValues values, int number) {
        if (values == direct && values.isString(number)) {
            return number;
        }
        return meaning.of(path.find(start, values.value(number)));
    }
}
