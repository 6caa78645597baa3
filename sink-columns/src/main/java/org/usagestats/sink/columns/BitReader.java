package org.usagestats.sink.columns;

import java.nio.ByteBuffer;

/** Reads what a {@link BitWriter} has written. Not for use by several threads. */
final class BitReader {

    private static final long LOW_HALF = 0xffffffffL;

    private final ByteBuffer from;
    private long word;
    private int filled;

    BitReader(ByteBuffer from) {
        this.from = from;
    }

    /** The next number, of so many bits. */
    int get(int bits) {
        if (filled < bits) {
            word |= (from.getInt() & LOW_HALF) << filled;
            filled += Integer.SIZE;
        }
        int number = (int) (word & ((1L << bits) - 1));
        word >>>= bits;
        filled -= bits;
        return number;
    }
}
