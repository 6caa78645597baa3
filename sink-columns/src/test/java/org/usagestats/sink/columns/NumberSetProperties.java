package org.usagestats.sink.columns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class NumberSetProperties {

    @Property(tries = 300)
    void aSetCountsEachNumberOnce(@ForAll long seed, @ForAll @IntRange(min = 1, max = 24) int bits) {
        Random random = new Random(seed);
        NumberSet set = new NumberSet();
        Set<Integer> expected = new HashSet<>();
        for (int left = random.nextInt(6); left > 0; left--) {
            int[] numbers = add(random, 1 << bits, set, expected);
            NumberSet copy = (NumberSet) set.copy();
            copy.add(1 << bits);
            assertThat(copy.size()).isEqualTo(expected.size() + 1);
            assertThat(set.size()).as(Arrays.toString(numbers)).isEqualTo(expected.size());
        }
    }

    @Property(tries = 300)
    void aUnionHasTheNumbersOfBoth(@ForAll long seed, @ForAll @IntRange(min = 1, max = 24) int bits) {
        Random random = new Random(seed);
        NumberSet one = new NumberSet();
        NumberSet other = new NumberSet();
        Set<Integer> expected = new HashSet<>();
        add(random, 1 << bits, one, expected);
        add(random, 1 << random.nextInt(24), other, expected);
        assertThat(one.union(other).size()).isEqualTo(expected.size());
    }

    /** Adds numbers one by one or all at once; those below 1 stand for nothing and come only among others. */
    private static int[] add(Random random, int bound, NumberSet set, Set<Integer> expected) {
        int[] numbers = random.ints(random.nextInt(200), 0, bound).toArray();
        boolean single = random.nextBoolean();
        int from = random.nextInt(numbers.length + 1);
        for (int i = from; i < numbers.length; i++) {
            if (numbers[i] > 0) {
                expected.add(numbers[i]);
            }
            if (single && numbers[i] > 0) {
                set.add(numbers[i]);
            }
        }
        if (!single) {
            set.addAll(numbers, from, numbers.length);
        }
        return numbers;
    }
}
