package org.usagestats.sink.columns;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The values that the reports of a part have under one key, while the part grows. Not for use by several threads. */
final class ColumnBuilder {

    private static final int[] DENSE = {};
    private static final int GAP = 64;

    private final Dictionary values = new Dictionary();
    private final Dictionary written = new Dictionary();
    private int[] meanings = new int[4];
    private int[] codes = new int[16];
    private int[] rows = DENSE;
    private int cells;
    private int present;
    private boolean sparse;
    private int[] numbers = new int[1];
    private @Nullable KeyValues numbered;

    /** The values, by their numbers. */
    Dictionary values() {
        return values;
    }

    /** The value of some bytes that were looked at before, or {@link Dictionary#NONE}. */
    int meaning(byte[] bytes, int from, int to) {
        int code = written.find(0, bytes, from, to);
        return code == Dictionary.NONE ? Dictionary.NONE : meanings[code];
    }

    /** Remembers what bytes mean. */
    int mean(byte[] bytes, int from, int to, int value) {
        int code = written.add(0, bytes, from, to);
        if (code >= meanings.length) {
            meanings = Arrays.copyOf(meanings, 2 * code);
        }
        meanings[code] = value;
        return value;
    }

    /** Gives a row a value, in place of another that it may have; rows come in their order. */
    void put(int row, int code) {
        if (!sparse && row - cells > present + GAP) {
            makeSparse();
        }
        if (sparse) {
            putSparse(row, code);
            return;
        }
        if (row >= codes.length) {
            codes = Arrays.copyOf(codes, Math.max(row + 1, 2 * codes.length));
        }
        if (row >= cells || codes[row] == Dictionary.NONE) {
            present++;
        }
        codes[row] = code;
        cells = row + 1;
    }

    private void putSparse(int row, int code) {
        if (present > 0 && rows[present - 1] == row) {
            codes[present - 1] = code;
            return;
        }
        if (present == codes.length) {
            codes = Arrays.copyOf(codes, 2 * present);
            rows = Arrays.copyOf(rows, 2 * present);
        }
        rows[present] = row;
        codes[present] = code;
        present++;
    }

    private void makeSparse() {
        int[] dense = codes;
        int size = Math.max(16, 2 * present);
        codes = new int[size];
        rows = new int[size];
        int next = 0;
        for (int row = 0; row < cells; row++) {
            if (dense[row] != Dictionary.NONE) {
                rows[next] = row;
                codes[next++] = dense[row];
            }
        }
        sparse = true;
    }

    /** The numbers of the values among those of the key. */
    int[] numbers(KeyValues of) throws NotIndexedException {
        numbers = of.numbers(values, of == numbered ? numbers : new int[1]);
        numbered = of;
        return numbers;
    }

    /** How much memory it takes. */
    long memory() {
        return values.bytes() + written.bytes() + 4L * (meanings.length + codes.length + rows.length + numbers.length);
    }

    /** How many rows have a value. */
    int present() {
        return present;
    }

    /** The numbers of the first rows. */
    Codes codes(int count) {
        if (!sparse) {
            return Codes.narrow(codes, Math.min(cells, count), count);
        }
        int[] dense = new int[count];
        for (int i = 0; i < present && rows[i] < count; i++) {
            dense[rows[i]] = codes[i];
        }
        return Codes.narrow(dense, count, count);
    }
}
