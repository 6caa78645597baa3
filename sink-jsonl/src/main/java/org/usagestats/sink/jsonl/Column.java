package org.usagestats.sink.jsonl;

/**
 * The values that the reports of a part have under one key. Immutable.
 *
 * @param codes for each row the number of its value in the part, 0 if it has none
 * @param numbers for each of those the number among the values of the key
 * @param values the values of the key
 */
record Column(Codes codes, int[] numbers, KeyValues values) {

    /** A column of a part whose reports do not have the key. */
    static Column missing(int rows, KeyValues values) {
        return new Column(Codes.constant(rows, Dictionary.NONE), new int[1], values);
    }

    /** How much memory it takes. */
    long bytes() {
        return codes.size() + 4L * numbers.length + 64;
    }
}
