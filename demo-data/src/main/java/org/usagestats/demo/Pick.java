package org.usagestats.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Draws one of several values, of which some come more often than others. */
final class Pick<T> {

    private final List<T> values = new ArrayList<>();
    private final List<Integer> sums = new ArrayList<>();
    private int sum;

    /** Adds a value that comes so often. */
    Pick<T> or(int weight, T value) {
        sum += weight;
        sums.add(sum);
        values.add(value);
        return this;
    }

    T draw(Random random) {
        int wanted = random.nextInt(sum);
        int found = 0;
        while (sums.get(found) <= wanted) {
            found++;
        }
        return values.get(found);
    }
}
