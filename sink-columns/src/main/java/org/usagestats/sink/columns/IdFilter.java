package org.usagestats.sink.columns;

import java.security.SecureRandom;

/**
 * A Bloom filter for ids: four bits of one 64-bit word for each, about 32 bits of room for each, so that about one new id in
 * a thousand is taken for a known one. Not for use by several threads.
 */
final class IdFilter {

    private static final int BITS = 32;

    private final long seed = new SecureRandom().nextLong();
    private final long[] words;
    private final long capacity;

    /** Starts empty, with room for so many. */
    IdFilter(long capacity) {
        long wanted = Math.max(64, capacity * BITS / Long.SIZE);
        this.words = new long[(int) Math.min(1 << 28, Long.highestOneBit(wanted - 1) << 1)];
        this.capacity = (long) words.length * Long.SIZE / BITS;
    }

    /** How many ids fit before it takes too many for known ones. */
    long capacity() {
        return words.length == 1 << 28 ? Long.MAX_VALUE : capacity;
    }

    /** Adds an id, and tells whether it certainly was not there before. */
    boolean add(long upper, long lower) {
        long hash = hash(upper, lower);
        int word = word(hash);
        long bits = bits(hash);
        boolean added = (words[word] & bits) != bits;
        words[word] |= bits;
        return added;
    }

    /** Tells whether an id may have been added. */
    boolean mayHave(long upper, long lower) {
        long hash = hash(upper, lower);
        long bits = bits(hash);
        return (words[word(hash)] & bits) == bits;
    }

    private int word(long hash) {
        return (int) (hash >>> 36) & (words.length - 1);
    }

    private static long bits(long hash) {
        return 1L << hash | 1L << (hash >>> 6) | 1L << (hash >>> 12) | 1L << (hash >>> 18);
    }

    private long hash(long upper, long lower) {
        long hash = (upper ^ seed) * 0x9E3779B97F4A7C15L;
        hash = (hash ^ hash >>> 32 ^ lower) * 0xD6E8FEB86659FD93L;
        hash = (hash ^ hash >>> 32) * 0xD6E8FEB86659FD93L;
        return hash ^ hash >>> 32;
    }
}
