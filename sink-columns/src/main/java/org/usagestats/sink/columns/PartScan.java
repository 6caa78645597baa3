package org.usagestats.sink.columns;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /** What the reports of the part are to some measures, and what that stands for. */
    record Measured(List<Meanings.Seen> seen, List<ValueSpace> spaces) {

        int count() {
            return seen.size();
        }
    }

    /**
     * Counts.
     *
     * @param distinct the measures of different values
     * @param numbers the measures of numbers
     */
    void count(Measured distinct, Measured numbers) {
        if (count == 0) {
            return;
        }
        boolean measured = distinct.count() + numbers.count() > 0 && !slots.isOne();
        int[] slotOfEach = measured ? new int[count] : new int[0];
        int[] counts = new int[slots.size()];
        if (measured || !countFast(counts)) {
            countSlots(counts, slotOfEach);
        }
        Tally.Count[] counted = take(counts, measured || slots.isOne() ? counts.length : 0);
        for (int i = 0; i < distinct.count(); i++) {
            if (slots.isOne()) {
                addDistinct(counted[0], i, distinct.seen.get(i), distinct.spaces.get(i));
            } else {
                addDistinct(counted, slotOfEach, i, distinct.seen.get(i), distinct.spaces.get(i));
            }
        }
        for (int i = 0; i < numbers.count(); i++) {
            if (slots.isOne()) {
                addNumbers(counted[0], i, numbers.seen.get(i), numbers.spaces.get(i));
            } else {
                addNumbers(counted, slotOfEach, i, numbers.seen.get(i), numbers.spaces.get(i));
            }
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

    /** Adds each different value of all reports once, and how many have it. */
    private void addNumbers(Tally.@Nullable Count to, int measure, Meanings.Seen seen, ValueSpace space) {
        if (to == null) {
            return;
        }
        int[] meanings = seen.meanings();
        int[] times = times(seen.codes(), meanings.length);
        for (int code = 0; code < times.length; code++) {
            if (times[code] > 0) {
                add(to.numbers[measure], meanings[code], times[code], space);
            }
        }
    }

    private int[] times(Codes of, int card) {
        int[] times = new int[card];
        if (rows == null) {
            of.count(times);
            return times;
        }
        int[] codes = new int[Slots.BLOCK];
        for (int from = 0; from < count; from += Slots.BLOCK) {
            int many = Math.min(Slots.BLOCK, count - from);
            of.gather(rows, from, many, codes);
            for (int i = 0; i < many; i++) {
                times[codes[i]]++;
            }
        }
        return times;
    }

    private void addNumbers(
            Tally.@Nullable Count[] to, int[] slotOfEach, int measure, Meanings.Seen seen, ValueSpace space) {
        int[] codes = new int[Slots.BLOCK];
        for (int from = 0; from < count; from += Slots.BLOCK) {
            int many = Math.min(Slots.BLOCK, count - from);
            Slots.read(seen.codes(), rows, from, many, codes);
            for (int i = 0; i < many; i++) {
                Tally.Count group = to[slotOfEach[from + i]];
                if (group != null) {
                    add(group.numbers[measure], seen.meanings()[codes[i]], 1, space);
                }
            }
        }
    }

    private static void add(ValueCounts to, int meaning, int times, ValueSpace space) {
        if (meaning > 0) {
            to.add(meaning, times);
        } else if (meaning < 0) {
            for (int single : space.singles(meaning)) {
                to.add(single, times);
            }
        }
    }
}
