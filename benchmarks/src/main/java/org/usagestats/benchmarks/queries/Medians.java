package org.usagestats.benchmarks.queries;

import java.util.List;

/** Finds the middle of numbers. */
final class Medians {

    private Medians() {}

    /** The median, or not a number if there are none. */
    static double of(List<? extends Number> numbers) {
        double[] sorted =
                numbers.stream().mapToDouble(Number::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
