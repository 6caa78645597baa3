package org.usagestats.sink.columns;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.usagestats.sink.Value;

/**
 * Numbers what a dimension or measure makes of reports: a value from 1 on, several values at once below 0, none 0. For use by
 * several threads.
 */
final class ValueSpace {

    /** What some values together take, with their number: mostly there are few. */
    private static final long LIST_BYTES = 200;

    private final KeyValues values;
    private final List<int[]> lists = new ArrayList<>();
    private final Map<List<Integer>, Integer> numbers = new HashMap<>();

    ValueSpace(KeyValues values) {
        this.values = values;
    }

    /** The single values. */
    KeyValues values() {
        return values;
    }

    /** The number of some values together. */
    synchronized int number(List<Value> some) {
        if (some.isEmpty()) {
            return 0;
        }
        if (some.size() == 1) {
            return values.add(some.get(0));
        }
        return -list(some.stream().map(values::add).toList());
    }

    private int list(List<Integer> some) {
        return numbers.computeIfAbsent(some, unseen -> {
            lists.add(some.stream().mapToInt(Integer::intValue).toArray());
            return lists.size();
        });
    }

    /** Tells whether some number stands for several values. */
    synchronized boolean hasLists() {
        return !lists.isEmpty();
    }

    /** The numbers of the single values that a number stands for. */
    synchronized int[] singles(int number) {
        if (number < 0) {
            return lists.get(-number - 1);
        }
        return number == 0 ? new int[0] : new int[] {number};
    }

    /** How much memory the values take, and what is known of them. */
    synchronized long bytes() {
        return values.bytes() + LIST_BYTES * lists.size();
    }

    /** The values that a number stands for. */
    List<Value> values(int number) {
        List<Value> some = new ArrayList<>();
        for (int single : singles(number)) {
            some.add(values.value(single));
        }
        return some;
    }
}
