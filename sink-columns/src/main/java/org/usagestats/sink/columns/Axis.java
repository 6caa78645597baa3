package org.usagestats.sink.columns;

import java.io.IOException;

/** A dimension or measure of a question, as it looks at parts. For use by several threads. */
interface Axis {

    /** What the reports of a part are to it. */
    Meanings.Seen in(Part part) throws IOException;

    /** What those meanings stand for. */
    ValueSpace space();
}
