package org.usagestats.sink.columns;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.usagestats.sink.Dimension;
import org.usagestats.sink.Query;
import org.usagestats.sink.Value;
import org.usagestats.sink.kit.Expression;

/** The values that one key has in all parts that are loaded, each with one number. For use by several threads. */
final class KeyValues {

    /** What is derived may take as much memory as the values themselves, and this much in any case. */
    private static final long LITTLE = 1 << 20;

    /** For how many dimensions it is kept. */
    private static final int MOST_DERIVED = 16;

    private final Dictionary values = new Dictionary();
    private final long most;
    private double[] decimals = {};
    private int read;
    private boolean others;

    /** What dimensions made of the values, the one used last at the end: the next question has most of them again. */
    private final Map<Way, Derived> derived = new LinkedHashMap<>(16, 0.75f, true);

    private record Way(Dimension dimension, Query.Values as) {}

    /** Starts empty, with room for what one array can hold. */
    KeyValues() {
        this(Dictionary.MAX_BYTES);
    }

    /**
     * Starts empty.
     *
     * @param most how many bytes the texts may have
     */
    KeyValues(long most) {
        this.most = Math.min(most, Dictionary.MAX_BYTES);
    }

    /**
     * Numbers the values of a part.
     *
     * @param known the numbers of the first of them, by their numbers in the part
     */
    synchronized int[] numbers(Dictionary part, int[] known) throws NotIndexedException {
        int size = part.size() + 1;
        if (known.length == size) {
            return known;
        }
        int[] numbers = Arrays.copyOf(known, size);
        for (int code = Math.max(1, known.length); code < size; code++) {
            numbers[code] = add(part.kindCode(code), part.texts(), part.from(code), part.to(code));
        }
        return numbers;
    }

    /** The number of a value, which is added if it is new. */
    synchronized int add(int kind, byte[] bytes, int from, int to) throws NotIndexedException {
        requireRoom(values.textBytes() + to - from);
        others |= KindCode.kind(kind) != Value.Kind.STRING;
        return values.add(kind, bytes, from, to);
    }

    /** Goes on if texts of so many bytes may be kept. */
    void requireRoom(long bytes) throws NotIndexedException {
        if (bytes > most) {
            throw new NotIndexedException("a field has too many values to keep them in memory");
        }
    }

    /** The number of a value, which is added if it is new. */
    synchronized int add(Value value) {
        others |= value.kind() != Value.Kind.STRING;
        return values.add(value);
    }

    synchronized Value value(int number) {
        return values.value(number);
    }

    synchronized Value.Kind kind(int number) {
        return values.kind(number);
    }

    /** Tells whether a value is a string. */
    synchronized boolean isString(int number) {
        return values.kind(number) == Value.Kind.STRING;
    }

    /** Tells whether all values are strings. */
    synchronized boolean areStrings() {
        return !others;
    }

    /** What a dimension makes of the values; what others made goes, the one used least lately first, if that is too much. */
    synchronized Derived derived(Dimension dimension, Query.Values as) {
        Derived made = derived.computeIfAbsent(
                new Way(dimension, as),
                way -> Derived.by(Expression.of(dimension).orElseThrow(), as, null));
        long allowed = Math.max(LITTLE, values.bytes());
        while (derived.size() > MOST_DERIVED || (derived.size() > 1 && derivedBytes() > allowed)) {
            derived.remove(derived.keySet().iterator().next());
        }
        return made;
    }

    private long derivedBytes() {
        return derived.values().stream().mapToLong(Derived::bytes).sum();
    }

    /** The decimal that a value is, also as a string; NaN if it is no number. */
    synchronized double decimal(int number) {
        if (number > read) {
            readDecimals();
        }
        return decimals[number];
    }

    private void readDecimals() {
        decimals = Arrays.copyOf(decimals, values.size() + 1);
        while (read < values.size()) {
            double decimal = Decimals.decimal(values, ++read);
            decimals[read] = Double.isNaN(decimal)
                    ? values.value(read).asNumber().map(Number::doubleValue).orElse(Double.NaN)
                    : decimal;
        }
    }

    synchronized int size() {
        return values.size();
    }

    /** How much memory the values take. */
    synchronized long ownBytes() {
        return values.bytes();
    }

    /** How much memory they take with what is known of them. */
    synchronized long bytes() {
        return values.bytes() + 8L * decimals.length + derivedBytes();
    }
}
