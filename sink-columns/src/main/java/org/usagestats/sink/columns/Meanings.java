package org.usagestats.sink.columns;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.usagestats.sink.kit.FieldPath;

/**
 * What the reports of parts have at a path, as numbers that say what it means. For use by several threads.
 */
final class Meanings {

    private final FieldPath path;
    private final Known known;
    private final Map<Set<String>, List<FieldPath.Start>> starts = new ConcurrentHashMap<>();
    private final boolean neverIndexed;

    /** As many as fit into a byte. */
    private static final int FEW = 256;

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

        /** The same with one number for each meaning, where many numbers have few. */
        Seen fewer() {
            if (meanings.length <= FEW || codes.width() == 0) {
                return this;
            }
            LongNumbers numbers = new LongNumbers();
            int[] number = new int[meanings.length];
            for (int code = 0; code < number.length; code++) {
                number[code] = numbers.number(meanings[code] & 0xffff_ffffL);
                if (number[code] == FEW) {
                    return this;
                }
            }
            return new Seen(codes.mapped(number), numbers.lowInts());
        }
    }

    Meanings(FieldPath path, Known known) {
        this.path = path;
        this.known = known;
        this.neverIndexed = OtherKeys.neverHas(path);
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
            return new Seen(Codes.constant(rows, 0), new int[] {known.ofNothing()});
        }
        if (columns.size() == 1) {
            Column column = columns.get(0);
            return new Seen(column.codes(), known.of(starts.get(0), column));
        }
        return first(starts, columns, rows);
    }

    /** The first start that a report has counts. */
    private Seen first(List<FieldPath.Start> starts, List<Column> columns, int rows) {
        int[] codes = new int[rows];
        int[] all = {known.ofNothing()};
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            int[] meanings = known.of(starts.get(i), column);
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
}
