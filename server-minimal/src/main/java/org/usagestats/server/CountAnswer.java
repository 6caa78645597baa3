package org.usagestats.server;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.usagestats.sink.Dimension;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.QueryResult.Row;

/**
 * Writes the answer to a count, with the names and the layout of Python Analytics.
 *
 * <p>{@code record_count} is the number of reports that were looked at, {@code matched_count} how many of them are counted,
 * {@code error_count} how many are not, because they lack a path or cannot be read. With several dimensions
 * {@code counts} has an object for each value of the first, and so on; {@code grouped_by} is a list then.
 */
final class CountAnswer {

    private CountAnswer() {}

    static String json(Query query, QueryResult result) {
        List<String> dimensions = query.groupBy().stream().map(Dimension::name).toList();
        QueryResult.Coverage coverage = result.coverage();
        Map<String, @Nullable Object> answer = new TreeMap<>();
        answer.put("counts", dimensions.isEmpty() ? Map.of() : counts(result.rows(), 0));
        answer.put("error_count", coverage.withoutPath() + coverage.damaged());
        answer.put("grouped_by", groupedBy(dimensions));
        answer.put("grouped_key_count", result.groups().all());
        answer.put("matched_count", coverage.matched());
        answer.put("record_count", coverage.examined());
        return Json.pretty(answer) + "\n";
    }

    private static @Nullable Object groupedBy(List<String> dimensions) {
        return switch (dimensions.size()) {
            case 0 -> null;
            case 1 -> dimensions.get(0);
            default -> dimensions;
        };
    }

    private static Map<String, Object> counts(List<Row> rows, int column) {
        Map<String, List<Row>> byValue =
                rows.stream().collect(groupingBy(row -> row.values().get(column).text(), TreeMap::new, toList()));
        Map<String, Object> counts = new TreeMap<>();
        byValue.forEach((value, members) -> {
            Row first = members.get(0);
            boolean isLast = column + 1 == first.values().size();
            counts.put(value, isLast ? first.metrics().get(0) : counts(members, column + 1));
        });
        return counts;
    }
}
