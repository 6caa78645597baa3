package org.usagestats.sink.kit;

import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * A map from hashes to numbers in 18 to 20 bytes an entry: open addressing, in parts that grow one by one, so that growing
 * needs little room besides.
 *
 * <p>Hashes lie in memory in their order as unsigned numbers: to add them in that order goes through memory from one end to
 * the other, which is many times faster than in any other.
 */
final class HashTable {

    private static final int PART_BITS = 6;
    private static final int PARTS = 1 << PART_BITS;

    private final Part[] parts = new Part[PARTS];

    HashTable() {
        Arrays.setAll(parts, part -> new Part());
    }

    OptionalLong find(long hash) {
        long key = key(hash);
        return partOf(key).find(key);
    }

    /** Adds an entry; one that is there already stays as it is. */
    void putIfAbsent(long hash, long value) {
        long key = key(hash);
        partOf(key).putIfAbsent(key, value);
    }

    /** Adds pairs of a hash and its number, of which those that are there already stay as they are. */
    void putAllIfAbsent(LongBuffer pairs) {
        while (pairs.hasRemaining()) {
            long hash = pairs.get();
            putIfAbsent(hash, pairs.get());
        }
    }

    /** Makes room for so many more entries at once. */
    void expect(long entries) {
        for (Part part : parts) {
            part.expect(entries / PARTS);
        }
    }

    /** The part is chosen by the first bits, the place in it by the next 32. */
    private Part partOf(long key) {
        return parts[(int) (key >>> (Long.SIZE - PART_BITS))];
    }

    private static long key(long hash) {
        return hash == Part.EMPTY ? 1 : hash;
    }

    /**
     * Entries in the order of their keys as unsigned numbers, each at the place its key asks for or behind it, with no free
     * place between. So a search for what is not there ends soon although nine places of ten are taken.
     */
    private static final class Part {

        private static final long EMPTY = 0;
        private static final int FIRST_CAPACITY = 4;

        /** Room behind the last place that a key can ask for. */
        private static final int OVERHANG = 32;

        private int capacity = FIRST_CAPACITY;
        private int size;

        /** Pairs of a key and its value; {@link #EMPTY} marks a free place, of which the last is always one. */
        private long[] pairs = new long[2 * (FIRST_CAPACITY + OVERHANG)];

        OptionalLong find(long key) {
            int place = placeOf(key);
            return pairs[place] == key ? OptionalLong.of(pairs[place + 1]) : OptionalLong.empty();
        }

        void putIfAbsent(long key, long value) {
            if (10L * size >= 9L * capacity) {
                grow();
            }
            int place = placeOf(key);
            if (pairs[place] == key) {
                return;
            }
            int free = freeFrom(place);
            if (free == pairs.length - 2) {
                grow();
                putIfAbsent(key, value);
                return;
            }
            System.arraycopy(pairs, place, pairs, place + 2, free - place);
            pairs[place] = key;
            pairs[place + 1] = value;
            size++;
        }

        /** The index of the pair with this key, or of the place where it belongs. */
        private int placeOf(long key) {
            int place = firstPlaceOf(key, capacity);
            while (pairs[place] != EMPTY && Long.compareUnsigned(pairs[place], key) < 0) {
                place += 2;
            }
            return place;
        }

        private static int firstPlaceOf(long key, int capacity) {
            return 2 * (int) ((((key << PART_BITS) >>> 32) * capacity) >>> 32);
        }

        private int freeFrom(int place) {
            int free = place;
            while (pairs[free] != EMPTY) {
                free += 2;
            }
            return free;
        }

        void expect(long entries) {
            long needed = (size + entries) * 8 / 7;
            if (needed > capacity) {
                growTo((int) needed);
            }
        }

        private void grow() {
            growTo(capacity + capacity / 8 + 1);
        }

        private void growTo(int larger) {
            long[] wider = new long[Math.max(2 * larger, endIn(larger)) + 2 * OVERHANG];
            int next = 0;
            for (int i = 0; i < pairs.length; i += 2) {
                if (pairs[i] != EMPTY) {
                    next = Math.max(next, firstPlaceOf(pairs[i], larger));
                    wider[next] = pairs[i];
                    wider[next + 1] = pairs[i + 1];
                    next += 2;
                }
            }
            pairs = wider;
            capacity = larger;
        }

        /** The index behind the last entry, were there this many places. */
        private int endIn(int larger) {
            int next = 0;
            for (int i = 0; i < pairs.length; i += 2) {
                if (pairs[i] != EMPTY) {
                    next = Math.max(next, firstPlaceOf(pairs[i], larger)) + 2;
                }
            }
            return next;
        }
    }
}
