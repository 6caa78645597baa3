package org.usagestats.query;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.usagestats.sink.Dimension;
import org.usagestats.sink.Filter;
import org.usagestats.sink.Metric;
import org.usagestats.sink.Operator;
import org.usagestats.sink.Order;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.Rows;
import org.usagestats.sink.Selection;
import org.usagestats.sink.Span;
import org.usagestats.sink.Value;

/** Makes random questions, such as can be asked. */
final class QuestionsOfAnyKind {

    private QuestionsOfAnyKind() {}

    static Arbitrary<Query> queries() {
        Arbitrary<Query> plain = Combinators.combine(
                        dimensions().list().ofMaxSize(4),
                        metrics().list().ofMinSize(1).ofMaxSize(4),
                        Arbitraries.of(Query.Values.class),
                        selections())
                .as(QuestionsOfAnyKind::withoutEqualColumns);
        return plain.flatMap(query -> rows(query).map(query::withRows));
    }

    private static Query withoutEqualColumns(
            List<Dimension> groupBy, List<Metric> metrics, Query.Values values, Selection selection) {
        Set<String> columns = new LinkedHashSet<>();
        List<Dimension> dimensions =
                groupBy.stream().filter(one -> columns.add(one.name())).toList();
        List<Metric> others = new ArrayList<>(
                metrics.stream().filter(one -> columns.add(one.name())).toList());
        if (others.isEmpty()) {
            others.add(new Metric.Distinct(String.join("", columns)));
        }
        return new Query(dimensions, others, values, selection, Rows.ALL);
    }

    static Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "version", "uname.release", "a b", "/x/y", "python$v$0", "time:day", "count", "-a", "a\\.b"),
                Arbitraries.strings()
                        .withChars(",()\"' -.:/\\$abc=%&+é\n")
                        .ofMinLength(1)
                        .ofMaxLength(8),
                Arbitraries.strings().all().ofMinLength(1).ofMaxLength(6));
    }

    static Arbitrary<Dimension> dimensions() {
        return Arbitraries.oneOf(
                tested(),
                Arbitraries.of(Span.class).map(Dimension.Time::new),
                Combinators.combine(texts(), Arbitraries.of(Span.class)).as(Dimension.First::new),
                Combinators.combine(texts(), Arbitraries.of(Span.class)).as(Dimension.Age::new));
    }

    private static Arbitrary<Dimension> tested() {
        return Arbitraries.oneOf(
                texts().map(Dimension.Field::new),
                Combinators.combine(texts(), Arbitraries.integers().between(1, 3))
                        .as(Dimension.Version::new),
                Combinators.combine(texts(), decimals()).as(Dimension.Bin::new),
                texts().map(Dimension.Log2::new),
                texts().map(Dimension.Lower::new),
                Combinators.combine(texts(), texts()).as(Dimension.Coalesce::new),
                Combinators.combine(texts(), Arbitraries.integers().between(1, 999))
                        .as(Dimension.Part::new));
    }

    private static Arbitrary<BigDecimal> decimals() {
        return Arbitraries.bigDecimals()
                .between(new BigDecimal("0.001"), new BigDecimal("100000"))
                .ofScale(3);
    }

    private static Arbitrary<Metric> metrics() {
        return Arbitraries.oneOf(
                Arbitraries.of(new Metric.Count(), new Metric.Share()),
                texts().map(Metric.Distinct::new),
                texts().map(Metric.Sum::new),
                texts().map(Metric.Average::new),
                texts().map(Metric.Least::new),
                texts().map(Metric.Greatest::new),
                texts().map(Metric.ShareOf::new),
                Combinators.combine(
                                texts(),
                                Arbitraries.bigDecimals()
                                        .between(new BigDecimal("0.001"), BigDecimal.ONE)
                                        .ofScale(3))
                        .as(Metric.Quantile::new));
    }

    static Arbitrary<Filter> filters() {
        return Arbitraries.lazyOf(
                QuestionsOfAnyKind::tests,
                QuestionsOfAnyKind::tests,
                () -> filters().list().ofMaxSize(2).map(Filter.Every::new),
                () -> filters().list().ofMaxSize(2).map(Filter.Any::new),
                () -> filters().map(Filter.Not::new));
    }

    private static Arbitrary<Filter> tests() {
        Arbitrary<String> operand = Arbitraries.oneOf(texts(), Arbitraries.just(""));
        Arbitrary<Operator> compared =
                Arbitraries.of(Operator.class).filter(op -> op != Operator.IN && op != Operator.IS);
        return Arbitraries.oneOf(
                Combinators.combine(tested(), compared, operand.list().ofSize(1))
                        .as(Filter.Test::new),
                Combinators.combine(tested(), operand.list().ofMaxSize(4))
                        .as((subject, operands) -> new Filter.Test(subject, Operator.IN, operands)),
                Combinators.combine(tested(), Arbitraries.of("null", "missing", "true", "false"))
                        .as((subject, state) -> new Filter.Test(subject, Operator.IS, List.of(state))));
    }

    private static Arbitrary<Selection> selections() {
        Arbitrary<Optional<Instant>> early = instants(0, 2_000_000_000L).optional();
        Arbitrary<Optional<Instant>> late =
                instants(2_000_000_001L, 200_000_000_000L).optional();
        return Combinators.combine(
                        Arbitraries.longs().between(1, Long.MAX_VALUE).optional(),
                        filters(),
                        early,
                        late,
                        Arbitraries.of(Selection.Clock.class),
                        zones())
                .as((newest, filter, from, to, clock, zone) -> new Selection(
                        newest.map(OptionalLong::of).orElse(OptionalLong.empty()), filter, from, to, clock, zone));
    }

    private static Arbitrary<Instant> instants(long from, long to) {
        return Combinators.combine(
                        Arbitraries.longs().between(from, to),
                        Arbitraries.longs().between(0, 999_999_999))
                .as(Instant::ofEpochSecond);
    }

    private static Arbitrary<ZoneId> zones() {
        return Arbitraries.of(
                ZoneOffset.UTC,
                ZoneOffset.ofHours(-3),
                ZoneId.of("Europe/Berlin"),
                ZoneId.of("America/St_Johns"),
                ZoneId.of("Asia/Kathmandu"));
    }

    private static Arbitrary<Rows> rows(Query query) {
        Arbitrary<OptionalInt> some = Arbitraries.integers()
                .between(1, 1_000_000)
                .optional()
                .map(number -> number.map(OptionalInt::of).orElse(OptionalInt.empty()));
        boolean fillable = query.groupBy().stream()
                        .filter(Dimension.Time.class::isInstance)
                        .count()
                == 1;
        Arbitrary<List<Order>> order = Combinators.combine(
                        Arbitraries.of(query.columns()), Arbitraries.of(Order.Direction.class))
                .as(Order::new)
                .list()
                .ofMaxSize(query.columns().size());
        return Combinators.combine(
                        some,
                        Arbitraries.longs().between(1, Long.MAX_VALUE),
                        Arbitraries.integers().between(1, 1000),
                        Arbitraries.of(Rows.Rest.class),
                        fillable ? Arbitraries.of(Rows.Fill.class) : Arbitraries.just(Rows.Fill.NONE),
                        order,
                        some,
                        row(query).optional())
                .as(Rows::new);
    }

    static Arbitrary<QueryResult.Row> row(Query query) {
        Arbitrary<Value> values = Arbitraries.oneOf(
                texts().map(Value::string),
                Arbitraries.longs().map(number -> Value.number(number.toString())),
                Arbitraries.of(
                        Value.OTHER, new Value(Value.Kind.NULL, "null"), new Value(Value.Kind.JSON, "[1,\"é\"]")));
        Arbitrary<Number> numbers = Arbitraries.oneOf(
                Arbitraries.longs().map(Number.class::cast),
                Arbitraries.doubles().map(Number.class::cast),
                Arbitraries.just((Number) Double.NaN));
        return Combinators.combine(
                        values.list().ofSize(query.groupBy().size()),
                        numbers.list().ofSize(query.metrics().size()))
                .as(QueryResult.Row::new);
    }
}
