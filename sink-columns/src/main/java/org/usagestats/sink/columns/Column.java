package org.usagestats.sink.columns;

/** The values that the reports of a part have under one key. Immutable. */
final class Column {

    private static final int OVERHEAD = 64;

    private final Codes codes;
    private final int[] numbers;
    private final KeyValues values;

    /**
     * Takes what is known of a part.
     *
     * @param codes for each report the number of its value in the part, {@link Dictionary#NONE} if it has none
     * @param numbers for each of those the number among the values of the key
     * @param values the values of the key
     */
    Column(Codes codes, int[] numbers, KeyValues values) {
        this.codes = codes;
        this.numbers = numbers;
        this.values = values;
    }

    /** A column of a part whose reports do not have the key. */
    static Column missing(int rows, KeyValues values) {
        return new Column(Codes.constant(rows, Dictionary.NONE), new int[1], values);
    }

    Codes codes() {
        return codes;
    }

    int[] numbers() {
        return numbers;
    }

    KeyValues values() {
        return values;
    }

    /** How much memory it takes. */
    long bytes() {
        return codes.size() + 4L * numbers.length + OVERHEAD;
    }
}
