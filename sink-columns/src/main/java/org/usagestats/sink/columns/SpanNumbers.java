package org.usagestats.sink.columns;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** What spans mean, by their numbers: found out once for each. Not for use by several threads. */
final class SpanNumbers {

    private final IntUnaryOperator meaning;
    private int[] known = new int[64];

    /**
     * Starts with no span.
     *
     * @param meaning what a span means, a number from 1 on
     */
    SpanNumbers(IntUnaryOperator meaning) {
        this.meaning = meaning;
    }

    int of(int span) {
        if (span >= known.length) {
            known = Arrays.copyOf(known, 2 * span);
        }
        if (known[span] == 0) {
            known[span] = meaning.applyAsInt(span);
        }
        return known[span];
    }
}
