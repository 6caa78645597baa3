package org.usagestats.sink.kit;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.usagestats.sink.Dimension;
import org.usagestats.sink.Order;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryResult.Row;
import org.usagestats.sink.Span;
import org.usagestats.sink.Value;

/** Sorts the rows of an answer as {@link org.usagestats.sink.Rows#order} says. */
final class RowOrder {

    private static final Comparator<Row> OTHER_LAST =
            Comparator.comparing(row -> row.values().contains(Value.OTHER));

    private static final Comparator<Value> VERSIONS = Comparator.<Value, Boolean>comparing(
                    value -> Version.of(value.text()).isEmpty())
            .thenComparing(RowOrder::compareVersions)
            .thenComparing(Comparator.naturalOrder());

    private final Query query;

    private RowOrder(Query query) {
        this.query = query;
    }

    static Comparator<Row> of(Query query) {
        return new RowOrder(query).comparator();
    }

    private Comparator<Row> comparator() {
        List<Comparator<Row>> orders = new ArrayList<>();
        query.rows().order().forEach(by -> orders.add(column(by)));
        for (int i = 0; i < query.groupBy().size(); i++) {
            if (query.groupBy().get(i) instanceof Dimension.Time) {
                orders.add(dimension(i, Order.Direction.ASCENDING));
            }
        }
        orders.add(OTHER_LAST);
        orders.add(metric(0, Order.Direction.DESCENDING));
        for (int i = 0; i < query.groupBy().size(); i++) {
            orders.add(dimension(i, Order.Direction.ASCENDING));
        }
        return orders.stream().reduce(Comparator::thenComparing).orElseThrow();
    }

    private Comparator<Row> column(Order by) {
        int column = query.columns().indexOf(by.column());
        int dimensions = query.groupBy().size();
        if (column >= dimensions) {
            return OTHER_LAST.thenComparing(metric(column - dimensions, by.direction()));
        }
        return dimension(column, by.direction());
    }

    private Comparator<Row> dimension(int index, Order.Direction direction) {
        Comparator<Value> values = directed(valuesOf(query.groupBy().get(index)), direction);
        return Comparator.<Row, Boolean>comparing(row -> row.values().get(index).equals(Value.OTHER))
                .thenComparing(row -> row.values().get(index), values);
    }

    private static Comparator<Value> valuesOf(Dimension dimension) {
        if (dimension instanceof Dimension.Version) {
            return VERSIONS;
        } else if (dimension instanceof Dimension.Time time) {
            return times(time.span());
        } else if (dimension instanceof Dimension.First first) {
            return times(first.span());
        }
        return Comparator.naturalOrder();
    }

    /** Dates are sorted as they are written; times of day are not, where a clock is set back. */
    private static Comparator<Value> times(Span span) {
        return switch (span) {
            case MINUTE, HOUR -> Comparator.comparing(RowOrder::instant);
            default -> Comparator.naturalOrder();
        };
    }

    private static Instant instant(Value label) {
        return label.equals(Value.OTHER)
                ? Instant.MAX
                : OffsetDateTime.parse(label.text()).toInstant();
    }

    private static int compareVersions(Value left, Value right) {
        Optional<Version> first = Version.of(left.text());
        Optional<Version> second = Version.of(right.text());
        return first.isPresent() && second.isPresent() ? first.get().compareTo(second.get()) : 0;
    }

    /** What is no number stands last in both directions. */
    private static Comparator<Row> metric(int index, Order.Direction direction) {
        Comparator<Number> numbers = directed(RowOrder::compareNumbers, direction);
        return Comparator.<Row, Boolean>comparing(
                        row -> Double.isNaN(row.metrics().get(index).doubleValue()))
                .thenComparing(row -> row.metrics().get(index), numbers);
    }

    private static int compareNumbers(Number left, Number right) {
        return left instanceof Long a && right instanceof Long b
                ? Long.compare(a, b)
                : Double.compare(left.doubleValue(), right.doubleValue());
    }

    private static <T> Comparator<T> directed(Comparator<T> order, Order.Direction direction) {
        return direction == Order.Direction.ASCENDING ? order : order.reversed();
    }
}
