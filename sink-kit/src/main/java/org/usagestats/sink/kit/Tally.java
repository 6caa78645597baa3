package org.usagestats.sink.kit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usagestats.sink.QueryResult;

/** Counts combinations of values. */
final class Tally {

    private static final Comparator<Map.Entry<List<String>, Long>> HIGHEST_COUNT_FIRST =
            Map.Entry.<List<String>, Long>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry::getKey, Tally::compareInOrder);

    private final Map<List<String>, Long> counts = new HashMap<>();
    private long matched;
    private long withoutPath;

    /** Counts one report by its values, or as one that lacks some of them. */
    void add(@Nullable List<String> values) {
        if (values == null) {
            withoutPath++;
        } else {
            matched++;
            counts.merge(values, 1L, Long::sum);
        }
    }

    /** The result so far; without a dimension, one row that is there even if nothing was counted. */
    QueryResult result(List<String> dimensions, long damaged) {
        List<String> columns = new ArrayList<>(dimensions);
        columns.add("count");
        List<List<Object>> rows = dimensions.isEmpty() ? List.of(List.of(matched)) : rows();
        return new QueryResult(List.copyOf(columns), rows, matched + withoutPath, matched, withoutPath, damaged);
    }

    private List<List<Object>> rows() {
        return counts.entrySet().stream()
                .sorted(HIGHEST_COUNT_FIRST)
                .map(Tally::row)
                .toList();
    }

    private static List<Object> row(Map.Entry<List<String>, Long> counted) {
        List<Object> row = new ArrayList<>(counted.getKey());
        row.add(counted.getValue());
        return List.copyOf(row);
    }

    private static int compareInOrder(List<String> left, List<String> right) {
        for (int i = 0; i < left.size(); i++) {
            int order = left.get(i).compareTo(right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
