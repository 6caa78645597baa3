package org.usagestats.query;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.usagestats.sink.Dimension;
import org.usagestats.sink.Filter;
import org.usagestats.sink.Metric;
import org.usagestats.sink.Operator;
import org.usagestats.sink.Query;

/** Finds the paths that a question is about. */
public final class QueryPaths {

    private QueryPaths() {}

    /**
     * Lists the paths that must be there for the question to have an answer.
     *
     * @param query the question
     * @return each path once, those of dimensions first; without those that are tested for being missing
     */
    public static Set<String> of(Query query) {
        Set<String> paths = new LinkedHashSet<>();
        query.groupBy().forEach(dimension -> path(dimension).ifPresent(paths::add));
        query.metrics().forEach(metric -> path(metric).ifPresent(paths::add));
        add(query.selection().filter(), paths);
        return paths;
    }

    private static void add(Filter filter, Set<String> paths) {
        if (filter instanceof Filter.Test test && !isForMissing(test)) {
            path(test.subject()).ifPresent(paths::add);
        } else if (filter instanceof Filter.Every every) {
            every.filters().forEach(each -> add(each, paths));
        } else if (filter instanceof Filter.Any any) {
            any.filters().forEach(each -> add(each, paths));
        } else if (filter instanceof Filter.Not not) {
            add(not.filter(), paths);
        }
    }

    private static boolean isForMissing(Filter.Test test) {
        return test.operator() == Operator.IS && test.operands().equals(List.of("missing"));
    }

    private static Optional<String> path(Dimension dimension) {
        if (dimension instanceof Dimension.Field field) {
            return Optional.of(field.path());
        }
        if (dimension instanceof Dimension.Version version) {
            return Optional.of(version.path());
        }
        if (dimension instanceof Dimension.Bin bin) {
            return Optional.of(bin.path());
        }
        if (dimension instanceof Dimension.Log2 log2) {
            return Optional.of(log2.path());
        }
        if (dimension instanceof Dimension.Lower lower) {
            return Optional.of(lower.path());
        }
        if (dimension instanceof Dimension.Part part) {
            return Optional.of(part.path());
        }
        if (dimension instanceof Dimension.First first) {
            return Optional.of(first.path());
        }
        return dimension instanceof Dimension.Age age ? Optional.of(age.path()) : Optional.empty();
    }

    private static Optional<String> path(Metric metric) {
        if (metric instanceof Metric.Distinct distinct) {
            return Optional.of(distinct.path());
        }
        if (metric instanceof Metric.Sum sum) {
            return Optional.of(sum.path());
        }
        if (metric instanceof Metric.Average average) {
            return Optional.of(average.path());
        }
        if (metric instanceof Metric.Least least) {
            return Optional.of(least.path());
        }
        if (metric instanceof Metric.Greatest greatest) {
            return Optional.of(greatest.path());
        }
        if (metric instanceof Metric.Quantile quantile) {
            return Optional.of(quantile.path());
        }
        return metric instanceof Metric.ShareOf share ? Optional.of(share.path()) : Optional.empty();
    }
}
