package org.usagestats.sink;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A value of a report's field, as a question sees it: its kind and its text. Two values are the same if both are.
 *
 * @param kind what it is in JSON
 * @param text a string itself; a number, {@code true}, {@code false} and {@code null} as written; an array or object as its
 *     JSON without white space
 */
public record Value(Kind kind, String text) implements Comparable<Value> {

    /** What a value is, in the order in which values are sorted. */
    public enum Kind {
        /** JSON's {@code null}. */
        NULL,
        /** {@code true} or {@code false}. */
        BOOLEAN,
        /** A number; numbers are sorted by their size, those with an exponent beyond 32 bits behind all others, by their text. */
        NUMBER,
        /** A string; strings are sorted by their UTF-16 units. */
        STRING,
        /** An array or an object. */
        JSON,
        /** No value: the row of all groups that have no row of their own. */
        OTHER
    }

    /** What stands in the row of all groups that have no row of their own. */
    public static final Value OTHER = new Value(Kind.OTHER, "");

    private static final Pattern JSON_NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,3})?");

    private static final Comparator<Value> ORDER = Comparator.comparing(Value::kind)
            .thenComparing(Value::compareNumbers)
            .thenComparing(Value::text);

    /**
     * Makes a string's value.
     *
     * @param text the string
     * @return the value
     */
    public static Value string(String text) {
        return new Value(Kind.STRING, text);
    }

    /**
     * Makes a number's value.
     *
     * @param written the number as JSON has it
     * @return the value
     */
    public static Value number(String written) {
        return new Value(Kind.NUMBER, written);
    }

    /**
     * Reads the value as a number.
     *
     * @return the number as it is written, if this is a number, or a string that is wholly a JSON number, of at most 64
     *     characters and within the range of a double; else empty
     */
    public Optional<BigDecimal> asNumber() {
        return kind == Kind.NUMBER || kind == Kind.STRING ? numberIn(text) : Optional.empty();
    }

    private static Optional<BigDecimal> numberIn(String text) {
        if (text.length() > 64 || !JSON_NUMBER.matcher(text).matches()) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(text);
        return Double.isFinite(number.doubleValue()) ? Optional.of(number) : Optional.empty();
    }

    @Override
    public int compareTo(Value other) {
        return ORDER.compare(this, other);
    }

    private static int compareNumbers(Value left, Value right) {
        if (left.kind != Kind.NUMBER || right.kind != Kind.NUMBER) {
            return 0;
        }
        Optional<BigDecimal> one = size(left.text);
        Optional<BigDecimal> other = size(right.text);
        return one.isPresent() && other.isPresent()
                ? one.get().compareTo(other.get())
                : Boolean.compare(one.isEmpty(), other.isEmpty());
    }

    private static Optional<BigDecimal> size(String number) {
        try {
            return Optional.of(new BigDecimal(number));
        } catch (NumberFormatException exponentTooLong) {
            return Optional.empty();
        }
    }
}
