package org.usagestats.sink.columns;

/** Writes numbers of so many bits each behind each other, the lowest bits first. Not for use by several threads. */
final class BitWriter {

    private static final long LOW_HALF = 0xffffffffL;

    private final SectionBuffer to;
    private long word;
    private int filled;

    BitWriter(SectionBuffer to) {
        this.to = to;
    }

    /**
     * Adds a number.
     *
     * @param bits how many it has, at most 32; those above are zero
     */
    void put(int number, int bits) {
        word |= (number & LOW_HALF) << filled;
        filled += bits;
        if (filled >= Integer.SIZE) {
            to.room(Integer.BYTES).putInt((int) word);
            word >>>= Integer.SIZE;
            filled -= Integer.SIZE;
        }
    }

    /** Says that these were all. */
    void end() {
        if (filled > 0) {
            to.room(Integer.BYTES).putInt((int) word);
        }
    }
}
