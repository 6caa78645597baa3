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

    /** Not that of a coalesce(), which has a value without it. */
    private static Optional<String> path(Dimension dimension) {
        return dimension instanceof Dimension.OfField field && !(dimension instanceof Dimension.Coalesce)
                ? Optional.of(field.path())
                : Optional.empty();
    }

    private static Optional<String> path(Metric metric) {
        return metric instanceof Metric.OfField field ? Optional.of(field.path()) : Optional.empty();
    }
}
