package org.usagestats.sink.columns;

import java.io.IOException;

/** A dimension or measure that is made of a field. For use by several threads. */
record FieldAxis(Fields fields, Meanings meanings, ValueSpace space) implements Axis {

    @Override
    public Meanings.Seen in(Part part) throws IOException {
        return fields.in(part, meanings);
    }
}
