package org.usagestats.sink.columns;

import java.util.Arrays;
import org.usagestats.sink.Value;

/** The values that one key has in all parts that are loaded, each with one number. For use by several threads. */
final class KeyValues {

    private final Dictionary values = new Dictionary();
    private boolean others;

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
        if (values.textBytes() + to - from > Dictionary.MAX_BYTES) {
            throw new NotIndexedException("a field has too many values to keep them in memory");
        }
        others |= KindCode.kind(kind) != Value.Kind.STRING;
        return values.add(kind, bytes, from, to);
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

    synchronized int size() {
        return values.size();
    }

    synchronized long bytes() {
        return values.bytes();
    }
}
