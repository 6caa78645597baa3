package org.usagestats.sink.columns;

import org.usagestats.sink.Value;

/** Takes the values that the reports of a part have under one key; a later one of a report takes the place of an earlier. */
interface Field {

    /** Takes a plain string, without its quotes. */
    void plain(int row, byte[] bytes, int from, int to);

    /** Takes the JSON of another value; false if it is none. */
    boolean written(int row, byte[] bytes, int from, int to);

    /** Takes a value that was read. */
    void value(int row, Value value);
}
