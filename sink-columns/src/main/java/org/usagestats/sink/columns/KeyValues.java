package org.usagestats.sink.columns;

import java.util.Arrays;
import org.usagestats.sink.Value;

/** The values that one key has in all parts that are loaded, each with one number. For use by several threads. */
final class KeyValues {

    private final Dictionary values = new Dictionary();
    private final long most;
    private boolean others;

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

    synchronized int size() {
        return values.size();
    }

    synchronized long bytes() {
        return values.bytes();
    }
}
