package org.usagestats.sink.columns;

import java.util.Optional;
import org.usagestats.sink.Value;

/** A field whose values are kept in a dictionary. */
final class ValueField implements Field {

    private final MemberParser parser;
    private final ColumnBuilder column;

    ValueField(MemberParser parser, ColumnBuilder column) {
        this.parser = parser;
        this.column = column;
    }

    @Override
    public void plain(int row, byte[] bytes, int from, int to) {
        column.put(row, column.values().add(KindCode.STRING, bytes, from, to));
    }

    @Override
    public boolean written(int row, byte[] bytes, int from, int to) {
        if (MemberScanner.isPlainNumber(bytes, from, to)) {
            column.put(row, column.values().add(KindCode.NUMBER, bytes, from, to));
            return true;
        }
        int code = column.meaning(bytes, from, to);
        if (code == Dictionary.NONE) {
            Optional<Value> value = parser.value(bytes, from, to);
            if (value.isEmpty()) {
                return false;
            }
            code = column.mean(bytes, from, to, column.values().add(value.get()));
        }
        column.put(row, code);
        return true;
    }

    @Override
    public void value(int row, Value value) {
        column.put(row, column.values().add(value));
    }
}
