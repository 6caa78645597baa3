package org.usagestats.sink.columns;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.usagestats.sink.Value;

/** Numbers what a measure of numbers makes of reports: one or more decimals from 1 on, none 0. For use by several threads. */
final class NumberSpace {

    private final Map<List<Double>, Integer> known = new HashMap<>();
    private volatile double[][] numbers = new double[16][];

    /** The number of the decimals in some values. */
    synchronized int number(List<Value> values) {
        List<Double> decimals = values.stream()
                .map(Value::asNumber)
                .flatMap(Optional::stream)
                .map(Number::doubleValue)
                .toList();
        return decimals.isEmpty() ? 0 : known.computeIfAbsent(decimals, unseen -> add(decimals));
    }

    private int add(List<Double> decimals) {
        int number = known.size() + 1;
        double[][] all = numbers;
        if (number >= all.length) {
            all = Arrays.copyOf(all, 2 * number);
        }
        all[number] = decimals.stream().mapToDouble(Double::doubleValue).toArray();
        numbers = all;
        return number;
    }

    /** The decimals of a number. */
    double[] numbers(int number) {
        return numbers[number];
    }
}
