package org.usagestats.server;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.usagestats.query.QueryAnswer;
import org.usagestats.server.http.Json;
import org.usagestats.sink.Dimension;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.QueryResult.Row;
import org.usagestats.sink.Selection;
import org.usagestats.sink.Value;

/**
 * Writes the answer to a count, with the names and the layout of Python Analytics.
 *
 * <p>{@code record_count} is the number of reports that were looked at, {@code matched_count} how many of them are counted,
 * {@code error_count} how many are not, because they lack a path or cannot be read, {@code other_count} how many are in groups
 * that are not listed. With several dimensions {@code counts} has an object for each value of the first, and so on;
 * {@code grouped_by} is a list then.
 */
final class CountAnswer {

    private CountAnswer() {}

    static String json(QueryAnswer answer) {
        List<String> dimensions =
                answer.query().groupBy().stream().map(Dimension::name).toList();
        QueryResult result = answer.result();
        QueryResult.Coverage coverage = result.coverage();
        Map<String, @Nullable Object> members = new TreeMap<>();
        members.put("counts", dimensions.isEmpty() ? Map.of() : counts(listed(result.rows()), 0));
        members.put("error_count", coverage.withoutPath() + coverage.damaged());
        members.put("grouped_by", groupedBy(dimensions));
        members.put(
                "grouped_key_count", dimensions.isEmpty() ? 0L : result.groups().all());
        members.put("matched_count", coverage.matched());
        members.put("meta", meta(answer));
        members.put("other_count", result.groups().otherReports());
        members.put("record_count", coverage.examined());
        members.put("suppressed", Map.of("keys", result.groups().hidden()));
        return Json.pretty(members) + "\n";
    }

    private static @Nullable Object groupedBy(List<String> dimensions) {
        return switch (dimensions.size()) {
            case 0 -> null;
            case 1 -> dimensions.get(0);
            default -> dimensions;
        };
    }

    private static Map<String, @Nullable Object> meta(QueryAnswer answer) {
        Selection selection = answer.query().selection();
        Map<String, @Nullable Object> meta = new LinkedHashMap<>();
        meta.put("from", selection.from().map(Object::toString).orElse(null));
        meta.put("to", selection.to().map(Object::toString).orElse(null));
        meta.put(
                "warnings", answer.warnings().stream().map(CountAnswer::warning).toList());
        return meta;
    }

    private static Map<String, String> warning(QueryAnswer.Warning warning) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("code", warning.code());
        members.put("detail", warning.detail());
        if (!warning.hint().isEmpty()) {
            members.put("did_you_mean", warning.hint());
        }
        return members;
    }

    private static List<Row> listed(List<Row> rows) {
        return rows.stream().filter(row -> !row.values().contains(Value.OTHER)).toList();
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
