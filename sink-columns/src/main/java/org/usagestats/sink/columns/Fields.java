package org.usagestats.sink.columns;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.usagestats.sink.Dimension;
import org.usagestats.sink.Filter;
import org.usagestats.sink.Query;
import org.usagestats.sink.Value;
import org.usagestats.sink.kit.Condition;
import org.usagestats.sink.kit.Expression;
import org.usagestats.sink.kit.FieldPath;

/** The fields that a question is about, in all parts it looks at. For use by several threads. */
final class Fields {

    /** A value that no path leads into. */
    private static final Value LEAF = Value.number("0");

    private final Shelf shelf;
    private final Set<String> keys;
    private final Query.Values as;
    private final Map<String, KeyValues> values = new ConcurrentHashMap<>();

    /**
     * Prepares a question.
     *
     * @param keys the keys that have columns in any part
     * @param as how values are told apart
     */
    Fields(Shelf shelf, Set<String> keys, Query.Values as) {
        this.shelf = shelf;
        this.keys = keys;
        this.as = as;
    }

    /** What a dimension of a field is made of. */
    FieldAxis axis(Dimension dimension) {
        Expression expression = Expression.of(dimension).orElseThrow();
        Derived derived = derived(dimension, expression);
        return new FieldAxis(this, new Meanings(expression.path(), derived.known()), derived.space());
    }

    /** What a dimension makes of values; what others have found out of those of the only key at which it begins is known. */
    private Derived derived(Dimension dimension, Expression expression) {
        List<FieldPath.Start> starts = expression.path().starts(keys);
        if (starts.size() != 1) {
            return Derived.by(expression, as, null);
        }
        KeyValues only = valuesOf(starts.get(0).key());
        boolean direct = isPlain(dimension)
                && expression.path().find(starts.get(0), LEAF).isPresent();
        return direct ? Derived.by(expression, as, only) : only.derived(dimension, as);
    }

    private static boolean isPlain(Dimension dimension) {
        return dimension instanceof Dimension.Field
                || dimension instanceof Dimension.First
                || dimension instanceof Dimension.Age;
    }

    private KeyValues valuesOf(String key) {
        return values.computeIfAbsent(key, shelf::values);
    }

    /** What a test is made of: 1 where it is passed. */
    Meanings condition(Filter.Test test) {
        Condition condition = new Condition(test);
        Known known = new Known(condition.path(), found -> condition.passes(found) ? 1 : 0, null);
        return new Meanings(condition.path(), known);
    }

    /** What the reports of a part mean. */
    Meanings.Seen in(Part part, Meanings meanings) throws IOException {
        List<FieldPath.Start> starts = meanings.starts(part);
        List<Column> columns = new ArrayList<>(starts.size());
        for (FieldPath.Start start : starts) {
            columns.add(shelf.column(part, start.key(), valuesOf(start.key())));
        }
        return meanings.in(starts, columns, part.rows());
    }
}
