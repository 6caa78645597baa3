package org.usagestats.sink.columns;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the combinations of the codes of some dimensions in a part: by multiplying while the product is small, else as they
 * turn up. Not for use by several threads.
 */
final class Slots {

    /** How many rows are looked at in one go. */
    static final int BLOCK = 1024;

    private final Meanings.Seen[] dimensions;
    private final int[] cards;
    private final @Nullable LongNumbers[] tables;
    private final int[] block = new int[BLOCK];
    private final boolean simple;
    private int product = 1;

    /**
     * Prepares some dimensions.
     *
     * @param rows how many rows there are
     */
    Slots(Meanings.Seen[] dimensions, int rows) {
        this.dimensions = dimensions;
        this.cards = new int[dimensions.length];
        this.tables = new LongNumbers[dimensions.length];
        long most = Math.max(1 << 12, 2L * rows);
        long size = 1;
        boolean multiplied = true;
        for (int i = 0; i < dimensions.length; i++) {
            cards[i] = dimensions[i].codes().width() == 0 ? 1 : dimensions[i].meanings().length;
            size *= cards[i];
            if (size > most) {
                tables[i] = new LongNumbers();
                size = rows;
                multiplied = false;
            }
        }
        this.simple = multiplied;
        this.product = (int) size;
    }

    /** How many different numbers there may be. */
    int size() {
        return product;
    }

    /** Tells whether there is just one. */
    boolean isOne() {
        return simple && product == 1;
    }

    /** The codes of the dimensions that vary. */
    Codes[] varying() {
        return Arrays.stream(dimensions)
                .map(Meanings.Seen::codes)
                .filter(codes -> codes.width() > 0)
                .toArray(Codes[]::new);
    }

    /** How many codes the last dimension has that varies. */
    int lastCard() {
        int last = cards.length - 1;
        while (cards[last] == 1) {
            last--;
        }
        return cards[last];
    }

    /** Tells whether the numbers are those of the codes, multiplied. */
    boolean isSimple() {
        return simple;
    }

    /** The numbers of some rows: from one on, or those that an array lists from there on. */
    void of(int @Nullable [] rows, int from, int count, int[] to, int toFrom) {
        Arrays.fill(to, toFrom, toFrom + count, 0);
        for (int i = 0; i < cards.length; i++) {
            if (cards[i] == 1) {
                continue;
            }
            read(dimensions[i].codes(), rows, from, count, block);
            LongNumbers table = tables[i];
            int card = cards[i];
            for (int at = 0; at < count; at++) {
                int slot = to[toFrom + at];
                to[toFrom + at] =
                        table == null ? slot * card + block[at] : table.number((long) slot * card + block[at]);
            }
        }
    }

    /** Reads codes of some rows: from one on, or those that an array lists from there on. */
    static void read(Codes codes, int @Nullable [] rows, int from, int count, int[] to) {
        if (rows == null) {
            codes.copy(from, count, to);
        } else {
            codes.gather(rows, from, count, to);
        }
    }

    /** The meanings of a number, one for each dimension. */
    int[] meanings(int slot) {
        int[] meanings = new int[cards.length];
        int rest = slot;
        for (int i = cards.length - 1; i >= 0; i--) {
            int code;
            if (cards[i] == 1) {
                code = dimensions[i].codes().at(0);
            } else {
                long combined = tables[i] == null ? rest : tables[i].at(rest);
                code = (int) (combined % cards[i]);
                rest = (int) (combined / cards[i]);
            }
            meanings[i] = dimensions[i].meanings()[code];
        }
        return meanings;
    }
}
