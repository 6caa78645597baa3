package org.usagestats.sink.kit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.usagestats.sink.Dimension;
import org.usagestats.sink.Metric;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryLimits;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.QueryResult.Row;
import org.usagestats.sink.QueryTooLargeException;
import org.usagestats.sink.Rows;
import org.usagestats.sink.Value;

/** Makes the rows of an answer out of its groups: which have rows of their own, and in which order. */
final class Tabulation {

    private static final Comparator<Row> RANK = Comparator.<Row, Boolean>comparing(
                    row -> Double.isNaN(row.metrics().get(0).doubleValue()))
            .thenComparing(row -> row.metrics().get(0).doubleValue(), Comparator.reverseOrder())
            .thenComparing(Row::values, Tabulation::compare);

    private final Query query;
    private final QueryLimits limits;
    private final Map<List<Value>, Group> groups;
    private final QueryResult.Coverage coverage;
    private final List<Integer> times;
    private final List<Integer> subjects;
    private final MetricValues metrics;
    private final Map<List<Value>, Slice> slices = new LinkedHashMap<>();

    Tabulation(Query query, QueryLimits limits, Map<List<Value>, Group> groups, QueryResult.Coverage coverage) {
        this.query = query;
        this.limits = limits;
        this.groups = groups;
        this.coverage = coverage;
        this.times = columns(Dimension.Time.class::isInstance);
        this.subjects = columns(dimension -> !(dimension instanceof Dimension.Time));
        this.metrics = new MetricValues(query, coverage.matched(), total());
    }

    private List<Integer> columns(Predicate<Dimension> wanted) {
        return IntStream.range(0, query.groupBy().size())
                .filter(i -> wanted.test(query.groupBy().get(i)))
                .boxed()
                .toList();
    }

    /** All groups together, if the question needs to know. */
    private Group total() {
        Group total = new Group(Measures.of(query));
        if (hasFloor() || query.metrics().stream().anyMatch(Metric.ShareOf.class::isInstance)) {
            groups.values().forEach(total::addAll);
        }
        return total;
    }

    private boolean hasFloor() {
        return query.rows().privacyFloor() > 1;
    }

    QueryResult result() throws QueryTooLargeException {
        Set<List<Value>> all = new HashSet<>();
        groups.keySet().forEach(values -> all.add(part(values, subjects)));
        Set<List<Value>> own = isRanked() ? highest() : all;
        groups.forEach((values, group) -> slice(values, group, own));
        int hidden = hideFew();
        List<Row> rows = new ArrayList<>();
        slices.forEach((time, slice) -> addRows(time, slice, rows));
        if (query.rows().fill() != Rows.Fill.NONE) {
            fill(own, rows);
        }
        return page(rows, all.size() - own.size(), own, hidden);
    }

    private boolean isRanked() {
        return query.rows().top().isPresent() || query.rows().minCount() > 1;
    }

    /** Which groups have rows of their own, but for the privacy floor. */
    private Set<List<Value>> highest() {
        Set<List<Value>> own = new HashSet<>();
        bySubject().entrySet().stream()
                .filter(entry -> entry.getValue().reports() >= query.rows().minCount())
                .map(entry -> new Row(entry.getKey(), metrics.of(entry.getValue())))
                .sorted(RANK)
                .limit(query.rows().top().orElse(Integer.MAX_VALUE))
                .forEach(row -> own.add(row.values()));
        return own;
    }

    /** The groups over all spans. */
    private Map<List<Value>, Group> bySubject() {
        if (times.isEmpty()) {
            return groups;
        }
        Map<List<Value>, Group> merged = new HashMap<>();
        groups.forEach((values, group) -> merged.computeIfAbsent(part(values, subjects), first -> group.empty())
                .addAll(group));
        return merged;
    }

    private static int compare(List<Value> left, List<Value> right) {
        for (int i = 0; i < left.size(); i++) {
            int order = left.get(i).compareTo(right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private void slice(List<Value> values, Group group, Set<List<Value>> own) {
        Slice slice = slices.computeIfAbsent(part(values, times), time -> new Slice());
        List<Value> subject = part(values, subjects);
        if (own.contains(subject)) {
            slice.addOwn(subject, group);
        } else {
            slice.addOther(group);
        }
    }

    private int hideFew() {
        if (!hasFloor()) {
            return 0;
        }
        slices.values().forEach(slice -> slice.hideBelow(query.rows().privacyFloor(), metrics::users));
        return slices.values().stream().mapToInt(slice -> slice.hidden().size()).sum();
    }

    private void addRows(List<Value> time, Slice slice, List<Row> rows) {
        for (Slice.Cell cell : slice.cells()) {
            rows.add(new Row(joined(time, cell.subject()), metrics.of(cell.group())));
        }
        if (hasOtherRow()) {
            slice.others().ifPresent(group -> rows.add(new Row(joined(time, others()), metrics.of(group))));
        }
    }

    private boolean hasOtherRow() {
        return query.rows().rest() == Rows.Rest.OTHER && !subjects.isEmpty();
    }

    private List<Value> others() {
        return subjects.stream().map(column -> Value.OTHER).toList();
    }

    private static List<Value> part(List<Value> values, List<Integer> columns) {
        return columns.stream().map(values::get).toList();
    }

    private List<Value> joined(List<Value> time, List<Value> subject) {
        Value[] joined = new Value[times.size() + subjects.size()];
        IntStream.range(0, times.size()).forEach(i -> joined[times.get(i)] = time.get(i));
        IntStream.range(0, subjects.size()).forEach(i -> joined[subjects.get(i)] = subject.get(i));
        return List.of(joined);
    }

    /** Adds the rows of spans in which a group has no report, and those of hidden ones, of which nothing is said. */
    private void fill(Set<List<Value>> own, List<Row> rows) throws QueryTooLargeException {
        Set<List<Value>> there = new HashSet<>();
        rows.forEach(row -> there.add(row.values()));
        List<List<Value>> wanted = new ArrayList<>(own);
        if (hasOtherRow()
                && slices.values().stream().anyMatch(slice -> slice.others().isPresent())) {
            wanted.add(others());
        }
        for (Value time : Spans.of(query, times.get(0), slices.keySet(), limits)) {
            Slice slice = slices.getOrDefault(List.of(time), new Slice());
            for (List<Value> subject : wanted) {
                List<Value> values = joined(List.of(time), subject);
                if (!there.contains(values)) {
                    boolean silent =
                            slice.hidden().contains(subject) || (!slice.hidden().isEmpty() && isOther(subject));
                    rows.add(new Row(
                            values,
                            metrics.ofNothing(
                                    silent ? Rows.Fill.NULL : query.rows().fill())));
                }
            }
            if (rows.size() > limits.groups()) {
                throw QueryTooLargeException.tooManyGroups(limits);
            }
        }
    }

    private static boolean isOther(List<Value> subject) {
        return subject.contains(Value.OTHER);
    }

    private QueryResult page(List<Row> rows, int others, Set<List<Value>> own, int hidden) {
        Comparator<Row> order = RowOrder.of(query);
        List<Row> sorted = rows.stream()
                .filter(row -> query.rows()
                        .after()
                        .filter(last -> order.compare(row, last) <= 0)
                        .isEmpty())
                .sorted(order)
                .toList();
        int limit = Math.min(query.rows().limit().orElse(Integer.MAX_VALUE), sorted.size());
        Optional<Row> next = limit < sorted.size() ? Optional.of(sorted.get(limit - 1)) : Optional.empty();
        boolean silent = hidden > 0 || (hasFloor() && rows.isEmpty());
        long all = query.groupBy().isEmpty() ? 0 : own.size() + others;
        QueryResult.Groups told = new QueryResult.Groups(all, others, silent ? 0 : reportsBeside(own), hidden, next);
        return new QueryResult(query.columns(), sorted.subList(0, limit), silent ? silence() : coverage, told);
    }

    private long reportsBeside(Set<List<Value>> own) {
        return groups.entrySet().stream()
                .filter(entry -> !own.contains(part(entry.getKey(), subjects)))
                .mapToLong(entry -> entry.getValue().reports())
                .sum();
    }

    /** Where rows are hidden, nothing is told that says how many reports are in them. */
    private QueryResult.Coverage silence() {
        return new QueryResult.Coverage(coverage.examined(), 0, 0, coverage.damaged());
    }
}
