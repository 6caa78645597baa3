package org.usagestats.sink.columns;

import org.jspecify.annotations.Nullable;
import org.usagestats.sink.Query;
import org.usagestats.sink.kit.Expression;

/**
 * What a dimension makes of values. For use by several threads.
 *
 * @param known what they mean
 * @param space what those meanings stand for
 */
record Derived(Known known, ValueSpace space) {

    /**
     * Starts with no value.
     *
     * @param as how values are told apart
     * @param direct the values that the dimension leaves as they are, if there are such
     */
    static Derived by(Expression expression, Query.Values as, @Nullable KeyValues direct) {
        ValueSpace space = new ValueSpace(direct == null ? new KeyValues() : direct);
        Known.Meaning meaning = found -> space.number(expression.values(found, as));
        return new Derived(new Known(expression.path(), meaning, direct), space);
    }

    /** How much memory it takes beside the values that it is made of. */
    long bytes() {
        return known.bytes() + space.bytes();
    }
}
