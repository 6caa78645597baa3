package org.usagestats.sink.kit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.usagestats.sink.Dimension;
import org.usagestats.sink.Filter;
import org.usagestats.sink.Query;
import org.usagestats.sink.Selection;
import org.usagestats.sink.Value;

/** Takes out of reports what a question is about. */
final class Extraction {

    private final JsonTrees json = new JsonTrees();
    private final Query query;
    private final Selection selection;
    private final Passing filter;
    private final List<Column> columns;
    private final List<FieldPath> distinct;
    private final List<FieldPath> numbers;
    private final Firsts firsts;
    private final List<Cohort> cohorts;

    /** Tests a report against a filter. */
    private interface Passing {
        boolean test(JsonTree.Members report);
    }

    /** Finds the values of a dimension. */
    private interface Column {
        List<Value> values(JsonTree.Members report, Optional<Instant> time);
    }

    /** Finds the values of a field, or of what is made of it. */
    private interface Values {
        List<Value> of(JsonTree.Members report);
    }

    /** A field of whose values the first reports matter. */
    private record Cohort(String path, Values values) {}

    /**
     * Prepares a question.
     *
     * @param firsts when each value was first seen, as far as the question needs that
     */
    Extraction(Query query, Firsts firsts) {
        this.query = query;
        this.selection = query.selection();
        this.firsts = firsts;
        this.filter = passing(selection.filter());
        this.columns = query.groupBy().stream().map(this::column).toList();
        this.cohorts = query.groupBy().stream()
                .filter(dimension -> dimension instanceof Dimension.First || dimension instanceof Dimension.Age)
                .map(Dimension.OfField.class::cast)
                .map(dimension -> new Cohort(dimension.path(), values(dimension)))
                .toList();
        Measures measures = Measures.of(query);
        this.distinct = measures.distinct().stream().map(FieldPath::new).toList();
        this.numbers = measures.numbers().stream().map(FieldPath::new).toList();
    }

    /** Tells whether the filter lets a report pass. */
    boolean passes(JsonTree.Members report) {
        return filter.test(report);
    }

    /** Tells whether a report is of the question's period. */
    boolean isInPeriod(Optional<Instant> time) {
        if (selection.from().isEmpty() && selection.to().isEmpty()) {
            return true;
        }
        return time.isPresent()
                && selection.from().filter(time.get()::isBefore).isEmpty()
                && selection.to().filter(end -> !time.get().isBefore(end)).isEmpty();
    }

    /** Which of the report's times counts. */
    Optional<Instant> time(JsonTree.Members report) {
        return time(report, selection.clock());
    }

    Optional<Instant> time(JsonTree.Members report, Selection.Clock clock) {
        return Optional.ofNullable(report.members().get(ReportTime.key(clock)))
                .flatMap(value -> ReportTime.read(clock, json.valueOf(value)));
    }

    /** What the groups need to know of a report that passes. */
    Extract extract(JsonTree.Members report) {
        Optional<Instant> time = time(report);
        return new Extract(
                columns.stream().map(column -> column.values(report, time)).toList(),
                distinct.stream().map(path -> elements(path, report)).toList(),
                numbers.stream().map(path -> numbers(path, report)).toList());
    }

    private List<Value> elements(FieldPath path, JsonTree.Members report) {
        return found(path, report)
                .map(value ->
                        query.values() == Query.Values.TEXT ? List.of(Value.string(value.text())) : Elements.of(value))
                .orElse(List.of());
    }

    private List<Double> numbers(FieldPath path, JsonTree.Members report) {
        return elements(path, report).stream()
                .flatMap(value -> value.asNumber().stream())
                .map(Number::doubleValue)
                .toList();
    }

    private Optional<Value> found(FieldPath path, JsonTree.Members report) {
        return path.find(report).map(json::valueOf);
    }

    private Passing passing(Filter wanted) {
        if (wanted instanceof Filter.Test test) {
            Condition condition = new Condition(test);
            FieldPath path = condition.path();
            return report -> condition.passes(found(path, report));
        } else if (wanted instanceof Filter.Not not) {
            Passing inner = passing(not.filter());
            return report -> !inner.test(report);
        } else if (wanted instanceof Filter.Every every) {
            List<Passing> all = every.filters().stream().map(this::passing).toList();
            return report -> all.stream().allMatch(each -> each.test(report));
        } else if (wanted instanceof Filter.Any any) {
            List<Passing> some = any.filters().stream().map(this::passing).toList();
            return report -> some.stream().anyMatch(each -> each.test(report));
        }
        throw new AssertionError(wanted);
    }

    private Column column(Dimension dimension) {
        if (dimension instanceof Dimension.Time wanted) {
            Calendar calendar = new Calendar(wanted.span(), selection.zone());
            return (report, time) -> time.map(calendar::label).stream().toList();
        }
        Values values = values((Dimension.OfField) dimension);
        if (dimension instanceof Dimension.First first) {
            Calendar calendar = new Calendar(first.span(), selection.zone());
            return (report, time) -> firsts.times(first.path(), values.of(report))
                    .map(calendar::label)
                    .distinct()
                    .toList();
        } else if (dimension instanceof Dimension.Age age) {
            Calendar calendar = new Calendar(age.span(), selection.zone());
            return (report, time) -> time.stream()
                    .flatMap(now -> firsts.times(age.path(), values.of(report))
                            .map(then -> Value.number(Long.toString(calendar.between(then, now)))))
                    .distinct()
                    .toList();
        }
        return (report, time) -> values.of(report);
    }

    private Values values(Dimension.OfField dimension) {
        Expression expression = Expression.of(dimension).orElseThrow();
        FieldPath path = expression.path();
        return report -> expression.values(found(path, report), query.values());
    }

    /** Learns when the values of a report were seen, if the question needs that. */
    void learnFirsts(JsonTree.Members report) {
        Optional<Instant> time = time(report);
        if (time.isPresent()) {
            cohorts.forEach(cohort -> firsts.learn(cohort.path, cohort.values.of(report), time.get()));
        }
    }

    boolean needsFirsts() {
        return !cohorts.isEmpty();
    }

    /**
     * What the groups need to know of a report.
     *
     * @param dimensions the values of each dimension
     * @param distinct the values of which different ones are counted, for each measure
     * @param numbers the numbers, for each measure
     */
    record Extract(List<List<Value>> dimensions, List<List<Value>> distinct, List<List<Double>> numbers) {

        /** The groups that the report stands in: none if it has no value for some dimension. */
        List<List<Value>> groups() {
            List<List<Value>> groups = new ArrayList<>(List.of(List.of()));
            for (List<Value> values : dimensions) {
                List<List<Value>> longer = new ArrayList<>();
                groups.forEach(group -> values.forEach(value -> longer.add(
                        Stream.concat(group.stream(), Stream.of(value)).toList())));
                groups = longer;
            }
            return groups;
        }
    }
}
