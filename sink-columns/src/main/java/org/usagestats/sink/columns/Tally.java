package org.usagestats.sink.columns;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one thread has counted for a question. Not for use by several threads. */
final class Tally {

    private final Map<Key, Count> counts = new HashMap<>();
    private final int distinct;
    private final int numbers;
    long matched;
    long withoutPath;

    /**
     * Starts with nothing.
     *
     * @param distinct for how many measures different values are counted
     * @param numbers for how many measures numbers are
     */
    Tally(int distinct, int numbers) {
        this.distinct = distinct;
        this.numbers = numbers;
    }

    /** The meanings of the dimensions. */
    static final class Key {
        private final int[] meanings;

        Key(int[] meanings) {
            this.meanings = meanings;
        }

        int[] meanings() {
            return meanings;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && Arrays.equals(meanings, key.meanings);
        }

        @Override
        public int hashCode() {
            int hash = 0;
            for (int meaning : meanings) {
                hash = (hash + meaning) * 0x9E3779B9;
            }
            return hash;
        }
    }

    /** What was counted for one key. */
    static final class Count {
        final NumberSet[] distinct;
        final ValueCounts[] numbers;
        long reports;

        private Count(int distinct, int numbers) {
            this.distinct = new NumberSet[distinct];
            Arrays.setAll(this.distinct, i -> new NumberSet());
            this.numbers = new ValueCounts[numbers];
            Arrays.setAll(this.numbers, i -> new ValueCounts());
        }

        private void add(Count other) {
            reports += other.reports;
            for (int i = 0; i < distinct.length; i++) {
                distinct[i] = (NumberSet) distinct[i].union(other.distinct[i]);
            }
            for (int i = 0; i < numbers.length; i++) {
                numbers[i].addAll(other.numbers[i]);
            }
        }
    }

    /** The count of a key. */
    Count of(int[] meanings) {
        return counts.computeIfAbsent(new Key(meanings), unseen -> new Count(distinct, numbers));
    }

    Map<Key, Count> counts() {
        return counts;
    }

    /** Adds what another thread has counted. */
    void add(Tally other) {
        matched += other.matched;
        withoutPath += other.withoutPath;
        other.counts.forEach((key, count) -> counts.merge(key, count, (one, more) -> {
            one.add(more);
            return one;
        }));
    }
}
