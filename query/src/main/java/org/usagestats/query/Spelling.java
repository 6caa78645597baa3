package org.usagestats.query;

import java.util.List;
import org.usagestats.sink.Dimension;
import org.usagestats.sink.Metric;
import org.usagestats.sink.Order;

/** Writes dimensions, metrics and columns so that {@link Terms} reads them as they were. */
final class Spelling {

    private Spelling() {}

    static String of(Dimension dimension) {
        if (dimension instanceof Dimension.Field field) {
            return path(field.path());
        }
        if (dimension instanceof Dimension.Version version) {
            return call("semver", version.path(), version.numbers());
        }
        if (dimension instanceof Dimension.Bin bin) {
            return call("bin", bin.path(), bin.width().toPlainString());
        }
        if (dimension instanceof Dimension.Log2 log2) {
            return call("log2", log2.path());
        }
        if (dimension instanceof Dimension.Lower lower) {
            return call("lower", lower.path());
        }
        if (dimension instanceof Dimension.Coalesce coalesce) {
            return call("coalesce", coalesce.path(), "'" + coalesce.otherwise().replace("'", "''") + "'");
        }
        if (dimension instanceof Dimension.Part part) {
            return call("part", part.path(), part.number());
        }
        if (dimension instanceof Dimension.First first) {
            return call("first", first.path(), first.span());
        }
        if (dimension instanceof Dimension.Age age) {
            return call("age", age.path(), age.span());
        }
        return dimension.name();
    }

    static String of(Metric metric) {
        if (metric instanceof Metric.Distinct distinct) {
            return call("distinct", distinct.path());
        }
        if (metric instanceof Metric.Sum sum) {
            return call("sum", sum.path());
        }
        if (metric instanceof Metric.Average average) {
            return call("avg", average.path());
        }
        if (metric instanceof Metric.Least least) {
            return call("min", least.path());
        }
        if (metric instanceof Metric.Greatest greatest) {
            return call("max", greatest.path());
        }
        if (metric instanceof Metric.Quantile quantile) {
            return call("quantile", quantile.path(), quantile.share().toPlainString());
        }
        if (metric instanceof Metric.ShareOf share) {
            return call("share", share.path());
        }
        return metric.name();
    }

    /** A path as it is, or in quotation marks where it could be taken for something else. */
    static String path(String path) {
        boolean plain = path.equals(path.strip())
                && path.chars().noneMatch(c -> ",()".indexOf(c) >= 0)
                && !path.startsWith("\"")
                && !path.startsWith("-")
                && !path.startsWith("time:");
        return plain ? path : quoted(path);
    }

    /** A column's name: as it is, if it is read as the same. */
    static String column(String name) {
        try {
            List<Order> read = Terms.order(name);
            return read.equals(List.of(new Order(name, Order.Direction.ASCENDING))) ? name : quoted(name);
        } catch (Mistake notPlain) {
            return quoted(name);
        }
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    private static String call(String function, String path, Object... arguments) {
        StringBuilder text = new StringBuilder(function).append('(').append(path(path));
        for (Object argument : arguments) {
            text.append(',').append(argument);
        }
        return text.append(')').toString();
    }
}
