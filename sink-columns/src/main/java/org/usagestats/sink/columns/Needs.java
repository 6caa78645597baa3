package org.usagestats.sink.columns;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usagestats.sink.Dimension;
import org.usagestats.sink.Filter;
import org.usagestats.sink.Query;
import org.usagestats.sink.Selection;
import org.usagestats.sink.kit.Condition;
import org.usagestats.sink.kit.Expression;
import org.usagestats.sink.kit.FieldPath;
import org.usagestats.sink.kit.Measures;

/** What of reports must be known by columns. Immutable. */
public final class Needs {

    /** All of it, for whatever may be asked. */
    static final Needs ALL = new Needs(null, EnumSet.allOf(Selection.Clock.class));

    private final @Nullable List<FieldPath> paths;
    private final Set<Selection.Clock> clocks;

    private Needs(@Nullable List<FieldPath> paths, Set<Selection.Clock> clocks) {
        this.paths = paths;
        this.clocks = clocks;
    }

    /** What one question is about. */
    public static Needs of(Query query) {
        List<FieldPath> paths = new ArrayList<>();
        query.groupBy().forEach(dimension -> Expression.of(dimension).ifPresent(field -> paths.add(field.path())));
        Measures measures = Measures.of(query);
        measures.distinct().forEach(path -> paths.add(new FieldPath(path)));
        measures.numbers().forEach(path -> paths.add(new FieldPath(path)));
        addPaths(query.selection().filter(), paths);
        return new Needs(paths, clocks(query));
    }

    private static void addPaths(Filter filter, List<FieldPath> paths) {
        if (filter instanceof Filter.Test test) {
            paths.add(new Condition(test).path());
        } else if (filter instanceof Filter.Not not) {
            addPaths(not.filter(), paths);
        } else if (filter instanceof Filter.Every every) {
            every.filters().forEach(one -> addPaths(one, paths));
        } else if (filter instanceof Filter.Any any) {
            any.filters().forEach(one -> addPaths(one, paths));
        }
    }

    private static Set<Selection.Clock> clocks(Query query) {
        Set<Selection.Clock> clocks = EnumSet.noneOf(Selection.Clock.class);
        Selection selection = query.selection();
        if (selection.newest().isPresent()) {
            clocks.add(Selection.Clock.RECEIVED);
        }
        boolean timed = query.groupBy().stream().anyMatch(Needs::isTimed);
        if (timed || selection.from().isPresent() || selection.to().isPresent()) {
            clocks.add(selection.clock());
        }
        return clocks;
    }

    private static boolean isTimed(Dimension dimension) {
        return dimension instanceof Dimension.Time
                || dimension instanceof Dimension.First
                || dimension instanceof Dimension.Age;
    }

    /** Tells whether the values of a key matter. */
    boolean includes(String key) {
        return paths == null
                || paths.stream().anyMatch(path -> !path.starts(Set.of(key)).isEmpty());
    }

    /** Tells whether the times of a clock matter. */
    boolean includes(Selection.Clock clock) {
        return clocks.contains(clock);
    }
}
