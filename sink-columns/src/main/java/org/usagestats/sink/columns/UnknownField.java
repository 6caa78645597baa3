package org.usagestats.sink.columns;

import org.usagestats.sink.Value;

/** A field that is in no column: hardly two reports have the same value, or nobody asks for it. */
final class UnknownField implements Field {

    /** How many bytes of values are remembered as well-formed, and of how many at the most one of them may be. */
    private static final int MOST_KNOWN = 1 << 20;

    private static final int MOST_OF_ONE = MOST_KNOWN / 16;

    private final MemberParser parser;
    private final Dictionary known = new Dictionary();

    UnknownField(MemberParser parser) {
        this.parser = parser;
    }

    @Override
    public void plain(int row, byte[] bytes, int from, int to) {}

    @Override
    public boolean written(int row, byte[] bytes, int from, int to) {
        if (MemberScanner.isPlainNumber(bytes, from, to) || known.find(0, bytes, from, to) != Dictionary.NONE) {
            return true;
        }
        if (parser.value(bytes, from, to).isEmpty()) {
            return false;
        }
        if (known.textBytes() < MOST_KNOWN && to - from < MOST_OF_ONE) {
            known.add(0, bytes, from, to);
        }
        return true;
    }

    @Override
    public void value(int row, Value value) {}

    /** How much memory it takes. */
    long memory() {
        return known.bytes();
    }
}
