package org.usagestats.sink.kit;

import java.util.UUID;

/** A set of UUIDs in 21 to 43 bytes each: open addressing in one array. */
final class UuidSet {

    private static final int FIRST_CAPACITY = 64;

    /** Under a key of its own, for clients choose the ids. */
    private final SipHash hash = SipHash.withRandomKey();

    /** Pairs of the upper and the lower half; two zeros mark a free place. */
    private long[] pairs = new long[2 * FIRST_CAPACITY];

    private int size;
    private boolean hasZero;

    /** Adds an id and tells whether it was not there before. */
    boolean add(UUID id) {
        long upper = id.getMostSignificantBits();
        long lower = id.getLeastSignificantBits();
        if (upper == 0 && lower == 0) {
            boolean added = !hasZero;
            hasZero = true;
            return added;
        }
        if (!place(upper, lower)) {
            return false;
        }
        if (8L * ++size > 3L * pairs.length) {
            grow();
        }
        return true;
    }

    private boolean place(long upper, long lower) {
        int place = (int) hash.hash(upper, lower) & (pairs.length - 2);
        while (!isFree(place)) {
            if (pairs[place] == upper && pairs[place + 1] == lower) {
                return false;
            }
            place = (place + 2) & (pairs.length - 1);
        }
        pairs[place] = upper;
        pairs[place + 1] = lower;
        return true;
    }

    private boolean isFree(int place) {
        return pairs[place] == 0 && pairs[place + 1] == 0;
    }

    private void grow() {
        long[] old = pairs;
        pairs = new long[2 * old.length];
        for (int i = 0; i < old.length; i += 2) {
            if (old[i] != 0 || old[i + 1] != 0) {
                place(old[i], old[i + 1]);
            }
        }
    }
}
