package org.usagestats.sink.jsonl;

/**
 * How far the segments of this run are readable: what lies behind is kept, what lies beyond is being written.
 *
 * @param sequence the number of the newest segment
 * @param length how many of its bytes are kept
 */
record Frontier(long sequence, long length) {

    /** How many bytes of a segment of the same instance may be read. */
    long readable(long segment) {
        if (segment == sequence) {
            return length;
        }
        return segment < sequence ? Long.MAX_VALUE : 0;
    }
}
