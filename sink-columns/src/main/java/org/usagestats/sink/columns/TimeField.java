package org.usagestats.sink.columns;

import java.util.Optional;
import org.usagestats.sink.Value;

/** A field of which just the time counts. */
final class TimeField implements Field {

    private final MemberParser parser;
    private final TimeColumn times;

    TimeField(MemberParser parser, TimeColumn times) {
        this.parser = parser;
        this.times = times;
    }

    @Override
    public void plain(int row, byte[] bytes, int from, int to) {
        times.put(row, bytes, from, to);
    }

    @Override
    public boolean written(int row, byte[] bytes, int from, int to) {
        Optional<Value> value = parser.value(bytes, from, to);
        value.ifPresent(one -> times.put(row, one));
        return value.isPresent();
    }

    @Override
    public void value(int row, Value value) {
        times.put(row, value);
    }
}
