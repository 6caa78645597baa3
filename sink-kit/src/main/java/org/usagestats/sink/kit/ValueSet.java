package org.usagestats.sink.kit;

import java.util.HashSet;
import java.util.Set;
import org.usagestats.sink.Value;

/** Different values, kept one by one. */
final class ValueSet implements DistinctValues {

    private final Set<Value> values;

    ValueSet() {
        this.values = new HashSet<>();
    }

    private ValueSet(Set<Value> values) {
        this.values = values;
    }

    void add(Value value) {
        values.add(value);
    }

    @Override
    public long size() {
        return values.size();
    }

    @Override
    public DistinctValues union(DistinctValues others) {
        values.addAll(((ValueSet) others).values);
        return this;
    }

    @Override
    public DistinctValues copy() {
        return new ValueSet(new HashSet<>(values));
    }
}
