package org.usagestats.dashboard;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.usagestats.sink.Dimension;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.Value;

/**
 * The first metric of an answer: a series of numbers for each group, all over the same places.
 *
 * @param places what stands along the axis, in order
 * @param series the groups, in the order of the rows; that of all other groups last
 */
record Grid(List<String> places, List<Series> series) {

    /**
     * A group and its numbers.
     *
     * @param name the group's values
     * @param isRest whether it is that of all other groups
     * @param values a number for each place, {@link Double#NaN} where there is none
     */
    record Series(String name, boolean isRest, List<Double> values) {

        double last() {
            return values.get(values.size() - 1);
        }
    }

    /** Lays the rows out over their time or, where there is none, over their first dimension. */
    static Grid over(Query query, QueryResult result) {
        int axis = axis(query.groupBy());
        List<Value> places = places(query, result, axis);
        Map<List<Value>, List<Double>> groups = new LinkedHashMap<>();
        for (QueryResult.Row row : result.rows()) {
            List<Value> group = new ArrayList<>(row.values());
            int place = group.isEmpty() ? 0 : places.indexOf(group.remove(axis));
            groups.computeIfAbsent(group, first -> new ArrayList<>(Collections.nCopies(places.size(), Double.NaN)))
                    .set(place, row.metrics().get(0).doubleValue());
        }
        List<Series> series = new ArrayList<>();
        groups.forEach((group, values) -> series.add(new Series(text(group), group.contains(Value.OTHER), values)));
        series.sort(Comparator.comparing(Series::isRest));
        return new Grid(places.stream().map(Grid::text).toList(), series);
    }

    private static int axis(List<Dimension> groupBy) {
        return IntStream.range(0, groupBy.size())
                .filter(at -> groupBy.get(at) instanceof Dimension.Time)
                .findFirst()
                .orElse(0);
    }

    private static List<Value> places(Query query, QueryResult result, int axis) {
        if (query.groupBy().isEmpty()) {
            return List.of(Value.string(query.metrics().get(0).name()));
        }
        List<Value> places = new ArrayList<>(result.rows().stream()
                .map(row -> row.values().get(axis))
                .distinct()
                .toList());
        Dimension along = query.groupBy().get(axis);
        if (along instanceof Dimension.Time || along instanceof Dimension.Bin || along instanceof Dimension.Log2) {
            Collections.sort(places);
        }
        return places;
    }

    /** The values as people read them. */
    static String text(List<Value> values) {
        return values.stream().map(Grid::text).collect(joining(" · "));
    }

    private static String text(Value value) {
        if (value.kind() == Value.Kind.OTHER) {
            return "Other";
        }
        return value.text().isEmpty() ? "(empty)" : cut(value.text());
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= 40
                ? text
                : text.substring(0, text.offsetByCodePoints(0, 39)) + "…";
    }

    boolean isEmpty() {
        return series.stream().allMatch(one -> one.values().stream().allMatch(value -> value.isNaN()));
    }

    /** The greatest number. */
    double most() {
        return series.stream()
                .flatMap(one -> one.values().stream())
                .filter(value -> !value.isNaN())
                .max(Comparator.naturalOrder())
                .orElse(0.0);
    }

    /** Each series on top of those before; what is missing counts as 0. */
    Grid stacked() {
        List<Series> stacked = new ArrayList<>();
        List<Double> ground = Collections.nCopies(places.size(), 0.0);
        for (Series one : series) {
            List<Double> below = ground;
            ground = IntStream.range(0, places.size())
                    .mapToObj(at -> below.get(at)
                            + (one.values().get(at).isNaN() ? 0 : one.values().get(at)))
                    .toList();
            stacked.add(new Series(one.name(), one.isRest(), ground));
        }
        return new Grid(places, stacked);
    }
}
