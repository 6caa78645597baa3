package org.usagestats.sink.jsonl;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.usagestats.sink.Dimension;
import org.usagestats.sink.Filter;
import org.usagestats.sink.Metric;
import org.usagestats.sink.Operator;
import org.usagestats.sink.Order;
import org.usagestats.sink.Query;
import org.usagestats.sink.Rows;
import org.usagestats.sink.Selection;
import org.usagestats.sink.Span;
import org.usagestats.testkit.StrangeReports;

/** Makes questions of every kind about the reports of a {@link RandomLog}. */
record RandomQuestion(Random random) {

    static final List<String> PATHS = List.of(
            "version",
            "user",
            "a",
            "a.b",
            "a.b.c",
            "a$b",
            "tags",
            "tags.0",
            "tags.-1",
            "version.0",
            "n",
            "n.x",
            "/a/b",
            "/tags/0",
            "/a.b",
            "system",
            "no.such",
            "größe",
            "x y",
            "");
    private static final List<String> OPERANDS = List.of(
            "1.0", "2.10.3", "v2.9", "3", "1", "0", "-5", "linux", "Linux;6.1", "null", "x", "é", "[1,2]", "b", "");

    Query next() {
        List<Dimension> groupBy = some(3, this::dimension);
        List<Metric> metrics = some(3, this::metric);
        if (metrics.isEmpty()) {
            metrics = List.of(new Metric.Count());
        }
        Query query = new Query(groupBy, metrics, of(Query.Values.values()), selection(), Rows.ALL);
        return query.withRows(rows(query));
    }

    private interface Source<T> {
        T next();
    }

    private <T> List<T> some(int most, Source<T> source) {
        Set<String> seen = new LinkedHashSet<>();
        List<T> some = new ArrayList<>();
        for (int left = random.nextInt(most + 1); left > 0; left--) {
            T one = source.next();
            String name = one instanceof Dimension dimension ? dimension.name() : ((Metric) one).name();
            if (seen.add(name)) {
                some.add(one);
            }
        }
        return some;
    }

    @SafeVarargs
    private <T> T of(T... all) {
        return all[random.nextInt(all.length)];
    }

    private String path() {
        return PATHS.get(random.nextInt(PATHS.size()));
    }

    private String operand() {
        return OPERANDS.get(random.nextInt(OPERANDS.size()));
    }

    private Dimension dimension() {
        return switch (random.nextInt(13)) {
            case 0, 1 -> new Dimension.Time(of(Span.values()));
            case 2 -> new Dimension.First(path(), of(Span.values()));
            case 3 -> new Dimension.Age(path(), of(Span.values()));
            default -> ofField();
        };
    }

    private Dimension ofField() {
        return switch (random.nextInt(10)) {
            case 0 -> new Dimension.Version(path(), 1 + random.nextInt(3));
            case 1 -> new Dimension.Bin(path(), of(BigDecimal.ONE, new BigDecimal("0.5"), BigDecimal.TEN));
            case 2 -> new Dimension.Log2(path());
            case 3 -> new Dimension.Lower(path());
            case 4 -> new Dimension.Coalesce(path(), "none");
            case 5 -> new Dimension.Part(path(), 1 + random.nextInt(2));
            default -> new Dimension.Field(path());
        };
    }

    private Metric metric() {
        return switch (random.nextInt(10)) {
            case 0 -> new Metric.Sum(path());
            case 1 -> new Metric.Average(path());
            case 2 -> new Metric.Least(path());
            case 3 -> new Metric.Greatest(path());
            case 4 -> new Metric.Quantile(path(), of(new BigDecimal("0.5"), new BigDecimal("0.9"), BigDecimal.ONE));
            case 5 -> new Metric.Share();
            case 6 -> new Metric.ShareOf(path());
            case 7, 8 -> new Metric.Distinct(path());
            default -> new Metric.Count();
        };
    }

    private Selection selection() {
        Selection selection = Selection.ALL
                .clock(of(Selection.Clock.values()))
                .zone(of(ZoneId.of("UTC"), ZoneId.of("Europe/Berlin"), ZoneId.of("America/New_York")));
        if (random.nextInt(4) == 0) {
            selection = selection.newest(1 + random.nextInt(60));
        }
        if (random.nextInt(2) == 0) {
            selection = selection.filter(filter(2));
        }
        if (random.nextInt(4) == 0) {
            selection = selection.from(moment());
        }
        return random.nextInt(4) == 0 ? selection.to(moment()) : selection;
    }

    private Instant moment() {
        return StrangeReports.START.plusNanos((long) (random.nextDouble() * StrangeReports.PERIOD.toNanos()));
    }

    private Filter filter(int depth) {
        return switch (random.nextInt(depth == 0 ? 1 : 4)) {
            case 1 -> new Filter.Not(filter(depth - 1));
            case 2 -> new Filter.Every(filters(depth - 1));
            case 3 -> new Filter.Any(filters(depth - 1));
            default -> test();
        };
    }

    private List<Filter> filters(int depth) {
        return Stream.generate(() -> filter(depth)).limit(random.nextInt(3)).toList();
    }

    private Filter test() {
        Operator operator = of(Operator.values());
        return switch (operator) {
            case IS -> new Filter.Test(ofField(), operator, List.of(of("null", "missing", "true", "false")));
            case IN -> new Filter.Test(ofField(), operator, List.of(operand(), operand()));
            default -> new Filter.Test(ofField(), operator, List.of(operand()));
        };
    }

    private Rows rows(Query query) {
        Rows rows = Rows.ALL;
        if (random.nextInt(4) == 0) {
            rows = rows.top(1 + random.nextInt(4));
        }
        if (random.nextInt(6) == 0) {
            rows = rows.minCount(1 + random.nextInt(5));
        }
        if (random.nextInt(5) == 0) {
            rows = rows.privacyFloor(2 + random.nextInt(4));
        }
        if (random.nextInt(5) == 0) {
            rows = rows.order(new Order(
                    query.columns().get(random.nextInt(query.columns().size())), of(Order.Direction.values())));
        }
        if (random.nextInt(5) == 0) {
            rows = rows.limit(1 + random.nextInt(10));
        }
        return random.nextBoolean() ? rows : rows.rest(Rows.Rest.LEFT_OUT);
    }
}
