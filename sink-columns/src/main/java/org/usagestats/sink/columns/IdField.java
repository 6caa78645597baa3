package org.usagestats.sink.columns;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.usagestats.sink.Value;

/** The field that tells reports apart. */
final class IdField implements Field {

    private final MemberParser parser;
    private final IdColumn ids;

    IdField(MemberParser parser, IdColumn ids) {
        this.parser = parser;
        this.ids = ids;
    }

    @Override
    public void plain(int row, byte[] bytes, int from, int to) {
        if (!ids.put(row, bytes, from, to)) {
            ids.put(row, new String(bytes, from, to - from, StandardCharsets.US_ASCII));
        }
    }

    @Override
    public boolean written(int row, byte[] bytes, int from, int to) {
        Optional<Value> value = parser.value(bytes, from, to);
        value.ifPresent(one -> value(row, one));
        return value.isPresent();
    }

    @Override
    public void value(int row, Value value) {
        if (value.kind() == Value.Kind.STRING) {
            ids.put(row, value.text());
        } else {
            ids.remove(row);
        }
    }
}
