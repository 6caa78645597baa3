package org.usagestats.sink.kit;

import java.util.OptionalLong;

/** A map from hashes to numbers in 20 to 30 bytes an entry: open addressing in one array. */
final class HashTable {

    private static final int FIRST_CAPACITY = 64;
    private static final long EMPTY = 0;

    /** Pairs of a hash and its value; the hash {@link #EMPTY} marks a free place. */
    private long[] pairs = new long[2 * FIRST_CAPACITY];

    private int size;

    OptionalLong find(long hash) {
        int place = placeOf(key(hash));
        return pairs[place] == EMPTY ? OptionalLong.empty() : OptionalLong.of(pairs[place + 1]);
    }

    /** Adds an entry; one that is there already stays as it is. */
    void putIfAbsent(long hash, long value) {
        if (5L * (size + 1) > 2L * pairs.length) {
            grow();
        }
        if (place(key(hash), value)) {
            size++;
        }
    }

    private boolean place(long key, long value) {
        int place = placeOf(key);
        if (pairs[place] != EMPTY) {
            return false;
        }
        pairs[place] = key;
        pairs[place + 1] = value;
        return true;
    }

    /** Grows by half, which leaves less room unused than doubling would. */
    private void grow() {
        long[] old = pairs;
        int capacity = old.length / 2;
        pairs = new long[2 * (capacity + capacity / 2)];
        for (int i = 0; i < old.length; i += 2) {
            if (old[i] != EMPTY) {
                place(old[i], old[i + 1]);
            }
        }
    }

    /** The index of the pair with this key, or of the free place where it belongs. */
    private int placeOf(long key) {
        int capacity = pairs.length / 2;
        int place = 2 * (int) (((key >>> 32) * capacity) >>> 32);
        while (pairs[place] != EMPTY && pairs[place] != key) {
            place = place + 2 == pairs.length ? 0 : place + 2;
        }
        return place;
    }

    private static long key(long hash) {
        return hash == EMPTY ? 1 : hash;
    }
}
