package org.usagestats.sink.columns;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.usagestats.sink.Value;
import org.usagestats.sink.kit.FieldPath;

/**
 * What values mean in one way of reading them, as numbers: found out once for each different value. For use by several
 * threads.
 */
final class Known {

    private final FieldPath path;
    private final Meaning meaning;
    private final @Nullable KeyValues direct;
    private final int ofNothing;

    /** By the numbers of the values; one more than each meaning, 0 where it is not known yet. */
    private final Map<FieldPath.Start, int[]> meanings = new HashMap<>();

    private final AtomicLong bytes = new AtomicLong();

    /** Says what a value means. */
    interface Meaning {
        /** A number that is 0 if it means nothing. */
        int of(Optional<Value> found);
    }

    /**
     * Starts with no value.
     *
     * @param direct the values of which a string means its own number, if there are such
     */
    Known(FieldPath path, Meaning meaning, @Nullable KeyValues direct) {
        this.path = path;
        this.meaning = meaning;
        this.direct = direct;
        this.ofNothing = meaning.of(Optional.empty());
    }

    /** What it means to have no value. */
    int ofNothing() {
        return ofNothing;
    }

    /** What the values of a column mean, by their numbers in the part. */
    int[] of(FieldPath.Start start, Column column) {
        return column.values() == direct && direct.areStrings() ? column.numbers() : found(start, column);
    }

    private synchronized int[] found(FieldPath.Start start, Column column) {
        int[] all = withRoom(start, column.values().size() + 1);
        int[] numbers = column.numbers();
        int[] found = new int[numbers.length];
        found[0] = ofNothing;
        for (int code = 1; code < found.length; code++) {
            int number = numbers[code];
            if (all[number] == 0) {
                all[number] = 1 + meaning(start, column.values(), number);
            }
            found[code] = all[number] - 1;
        }
        return found;
    }

    private int[] withRoom(FieldPath.Start start, int size) {
        int[] all = meanings.getOrDefault(start, new int[0]);
        if (all.length < size) {
            bytes.addAndGet(4L * (size + size / 4 - all.length));
            all = Arrays.copyOf(all, size + size / 4);
            meanings.put(start, all);
        }
        return all;
    }

    private int meaning(FieldPath.Start start, KeyValues values, int number) {
        if (values == direct && values.isString(number)) {
            return number;
        }
        return meaning.of(path.find(start, values.value(number)));
    }

    /** How much memory it takes, without what the numbers stand for. */
    long bytes() {
        return bytes.get();
    }
}
