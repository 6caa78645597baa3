package org.usagestats.sink.columns;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.usagestats.sink.kit.Numbers;

/** Counts the reports of one part for a question. Used once. */
final class PartScan {

    private final Tally tally;
    private final Slots slots;
    private final int @Nullable [] rows;
    private final int count;

    /**
     * Prepares a part.
     *
     * @param tally what to count into
     * @param dimensions what its reports are to the dimensions
     * @param all how many there are
     * @param chosen which of them count; null for all
     */
    PartScan(Tally tally, Meanings.Seen[] dimensions, int all, @Nullable RowSet chosen) {
        this.tally = tally;
        this.slots = new Slots(dimensions, all);
        this.rows = chosen == null ? null : chosen.toArray();
        this.count = rows == null ? all : rows.length;
    }

    /**
     * Counts.
     *
     * @param distinct what the reports are to the measures of different values
     * @param numbers what they are to the measures of numbers
     * @param known the numbers that those meanings stand for
     */
    void count(Meanings.Seen[] distinct, Meanings.Seen[] numbers, NumberSpace known, ValueSpace[] spaces) {
        if (count == 0) {
            return;
        }
        boolean measured = distinct.length + numbers.length > 0 && !slots.isOne();
        int[] slotOfEach = measured ? new int[count] : new int[0];
        int[] counts = new int[slots.size()];
        if (measured || !countFast(counts)) {
            countSlots(counts, slotOfEach);
        }
        Tally.Count[] counted = take(counts, measured || slots.isOne() ? counts.length : 0);
        for (int i = 0; i < distinct.length; i++) {
            if (slots.isOne()) {
                addDistinct(counted[0], i, distinct[i], spaces[i]);
            } else {
                addDistinct(counted, slotOfEach, i, distinct[i], spaces[i]);
            }
        }
        for (int i = 0; i < numbers.length; i++) {
            addNumbers(counted, slotOfEach, i, numbers[i], known);
        }
    }

    private boolean countFast(int[] counts) {
        if (slots.isOne()) {
            counts[0] = count;
            return true;
        }
        if (rows != null || !slots.isSimple()) {
            return false;
        }
        Codes[] varying = slots.varying();
        if (varying.length == 1) {
            varying[0].count(counts);
            return true;
        }
        return varying.length == 2 && varying[0].countPairs(slots.lastCard(), varying[1], counts);
    }

    private void countSlots(int[] counts, int[] slotOfEach) {
        int[] block = new int[Slots.BLOCK];
        boolean keep = slotOfEach.length > 0;
        for (int from = 0; from < count; from += Slots.BLOCK) {
            int many = Math.min(Slots.BLOCK, count - from);
            int[] to = keep ? slotOfEach : block;
            int at = keep ? from : 0;
            slots.of(rows, from, many, to, at);
            for (int i = 0; i < many; i++) {
                counts[to[at + i]]++;
            }
        }
    }

    /** Adds up the slots; a report without a value for a dimension is in none. */
    private Tally.Count[] take(int[] counts, int kept) {
        Tally.Count[] counted = new Tally.Count[kept];
        for (int slot = 0; slot < counts.length; slot++) {
            if (counts[slot] > 0) {
                int[] meanings = slots.meanings(slot);
                if (hasNothing(meanings)) {
                    tally.withoutPath += counts[slot];
                } else {
                    Tally.Count of = tally.of(meanings);
                    of.reports += counts[slot];
                    tally.matched += counts[slot];
                    if (kept > 0) {
                        counted[slot] = of;
                    }
                }
            }
        }
        return counted;
    }

    private static boolean hasNothing(int[] meanings) {
        for (int meaning : meanings) {
            if (meaning == 0) {
                return true;
            }
        }
        return false;
    }

    /** Adds each different value of all reports once. */
    private void addDistinct(Tally.@Nullable Count to, int measure, Meanings.Seen seen, ValueSpace space) {
        if (to == null) {
            return;
        }
        NumberSet values = to.distinct[measure];
        int[] meanings = seen.meanings();
        BitSet used = used(seen.codes());
        for (int from = used.nextSetBit(0); from >= 0; ) {
            int end = used.nextClearBit(from);
            values.addAll(meanings, from, end);
            from = used.nextSetBit(end);
        }
        if (space.hasLists()) {
            used.stream().filter(code -> meanings[code] < 0).forEach(code -> add(values, meanings[code], space));
        }
    }

    private BitSet used(Codes of) {
        if (rows == null) {
            return of.used();
        }
        BitSet used = new BitSet();
        int[] codes = new int[Slots.BLOCK];
        for (int from = 0; from < count; from += Slots.BLOCK) {
            int many = Math.min(Slots.BLOCK, count - from);
            of.gather(rows, from, many, codes);
            for (int i = 0; i < many; i++) {
                used.set(codes[i]);
            }
        }
        return used;
    }

    private void addDistinct(
            Tally.@Nullable Count[] to, int[] slotOfEach, int measure, Meanings.Seen seen, ValueSpace space) {
        int[] codes = new int[Slots.BLOCK];
        for (int from = 0; from < count; from += Slots.BLOCK) {
            int many = Math.min(Slots.BLOCK, count - from);
            Slots.read(seen.codes(), rows, from, many, codes);
            for (int i = 0; i < many; i++) {
                Tally.Count group = to[slotOfEach[from + i]];
                if (group != null) {
                    add(group.distinct[measure], seen.meanings()[codes[i]], space);
                }
            }
        }
    }

    private static void add(NumberSet to, int meaning, ValueSpace space) {
        if (meaning > 0) {
            to.add(meaning);
        } else if (meaning < 0) {
            for (int single : space.singles(meaning)) {
                to.add(single);
            }
        }
    }

    private void addNumbers(
            Tally.@Nullable Count[] to, int[] slotOfEach, int measure, Meanings.Seen seen, NumberSpace known) {
        int[] codes = new int[Slots.BLOCK];
        for (int from = 0; from < count; from += Slots.BLOCK) {
            int many = Math.min(Slots.BLOCK, count - from);
            Slots.read(seen.codes(), rows, from, many, codes);
            for (int i = 0; i < many; i++) {
                Tally.Count group = to[slotOfEach.length == 0 ? 0 : slotOfEach[from + i]];
                int meaning = seen.meanings()[codes[i]];
                if (group != null && meaning != 0) {
                    Numbers numbers = group.numbers[measure];
                    for (double number : known.numbers(meaning)) {
                        numbers.add(number, 1);
                    }
                }
            }
        }
    }
}
