package org.usagestats.sink.columns;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
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
        KeyValues direct = isPlain(dimension) ? direct(expression.path()) : null;
        ValueSpace space = new ValueSpace(direct == null ? new KeyValues() : direct);
        Meanings meanings =
                new Meanings(expression.path(), found -> space.number(expression.values(found, as)), direct);
        return new FieldAxis(this, meanings, space);
    }

    private static boolean isPlain(Dimension dimension) {
        return dimension instanceof Dimension.Field
                || dimension instanceof Dimension.First
                || dimension instanceof Dimension.Age;
    }

    /** The values that a path leads to, if it leads to those of one key as they are. */
    private @Nullable KeyValues direct(FieldPath path) {
        List<FieldPath.Start> starts = path.starts(keys);
        return starts.size() == 1 && path.find(starts.get(0), LEAF).isPresent()
                ? valuesOf(starts.get(0).key())
                : null;
    }

    private KeyValues valuesOf(String key) {
        return values.computeIfAbsent(key, shelf::values);
    }

    /** What the numbers at a path are made of. */
    Meanings numbers(String path, NumberSpace space) {
        Expression expression = Expression.of(new Dimension.Field(path)).orElseThrow();
        return new Meanings(expression.path(), found -> space.number(expression.values(found, as)), null);
    }

    /** What a test is made of: 1 where it is passed. */
    Meanings condition(Filter.Test test) {
        Condition condition = new Condition(test);
        return new Meanings(condition.path(), found -> condition.passes(found) ? 1 : 0, null);
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
