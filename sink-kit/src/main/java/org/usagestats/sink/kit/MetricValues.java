package org.usagestats.sink.kit;

import java.util.List;
import org.usagestats.sink.Metric;
import org.usagestats.sink.Query;
import org.usagestats.sink.Rows;

/** Computes the metrics of groups. */
final class MetricValues {

    private final List<Metric> metrics;
    private final Measures measures;
    private final long matched;
    private final Group total;

    /**
     * Prepares the metrics of a question.
     *
     * @param matched how many reports are in the groups
     * @param total all groups together
     */
    MetricValues(Query query, long matched, Group total) {
        this.metrics = query.metrics();
        this.measures = Measures.of(query);
        this.matched = matched;
        this.total = total;
    }

    List<Number> of(Group group) {
        return metrics.stream().map(metric -> of(metric, group)).toList();
    }

    /** Those of a group in a span without reports. */
    List<Number> ofNothing(Rows.Fill fill) {
        return fill == Rows.Fill.ZERO
                ? of(total.empty())
                : metrics.stream().<Number>map(metric -> Double.NaN).toList();
    }

    private Number of(Metric metric, Group group) {
        if (metric instanceof Metric.Count) {
            return group.reports();
        } else if (metric instanceof Metric.Share) {
            return share(group.reports(), matched);
        } else if (metric instanceof Metric.Distinct of) {
            return distinct(of.path(), group);
        } else if (metric instanceof Metric.ShareOf of) {
            return share(distinct(of.path(), group), distinct(of.path(), total));
        } else if (metric instanceof Metric.Sum of) {
            return numbers(of.path(), group).sum();
        } else if (metric instanceof Metric.Average of) {
            return numbers(of.path(), group).average();
        } else if (metric instanceof Metric.Least of) {
            return numbers(of.path(), group).least();
        } else if (metric instanceof Metric.Greatest of) {
            return numbers(of.path(), group).greatest();
        } else if (metric instanceof Metric.Quantile of) {
            return numbers(of.path(), group).quantile(of.share());
        }
        throw new AssertionError(metric);
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    private long distinct(String path, Group group) {
        return group.distinct(measures.distinct().indexOf(path));
    }

    private Numbers numbers(String path, Group group) {
        return group.numbers(measures.numbers().indexOf(path));
    }

    /** How many different users a group has; only for questions with a privacy floor. */
    long users(Group group) {
        return distinct(Measures.USER, group);
    }
}
