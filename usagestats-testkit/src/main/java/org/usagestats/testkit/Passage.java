package org.usagestats.testkit;

import java.time.Duration;

/**
 * How a {@link ChaosProxy} lets the bytes of one connection pass in one direction.
 *
 * @param delay how long the first of them is held back
 * @param pace how many pass every 10 ms; 0 for as many as come
 * @param limit how many pass at all; at the next one comes the end
 * @param end what happens then
 */
public record Passage(Duration delay, int pace, long limit, End end) {

    /** What happens to a connection when as many bytes have passed as may. */
    public enum End {
        /** It is closed at both sides, as by a program that ends. */
        CLOSED,
        /** It is reset at both sides (TCP RST), as by a machine that lost power and came back. */
        RESET,
        /** It stays open and what comes is thrown away, as by a network that lost its way. */
        SWALLOWED
    }

    /**
     * Undisturbed.
     *
     * @return the passage
     */
    public static Passage free() {
        return new Passage(Duration.ZERO, 0, Long.MAX_VALUE, End.CLOSED);
    }

    /**
     * Held back for a while, then undisturbed.
     *
     * @param delay the time until the first byte passes
     * @return the passage
     */
    public static Passage delayed(Duration delay) {
        return new Passage(delay, 0, Long.MAX_VALUE, End.CLOSED);
    }

    /**
     * A few bytes at a time.
     *
     * @param bytes how many every 10 ms
     * @return the passage
     */
    public static Passage dribbled(int bytes) {
        return new Passage(Duration.ZERO, bytes, Long.MAX_VALUE, End.CLOSED);
    }

    /**
     * Closed after a number of bytes.
     *
     * @param bytes how many pass
     * @return the passage
     */
    public static Passage cutAfter(long bytes) {
        return new Passage(Duration.ZERO, 0, bytes, End.CLOSED);
    }

    /**
     * Reset after a number of bytes.
     *
     * @param bytes how many pass
     * @return the passage
     */
    public static Passage resetAfter(long bytes) {
        return new Passage(Duration.ZERO, 0, bytes, End.RESET);
    }

    /**
     * Silent after a number of bytes.
     *
     * @param bytes how many pass
     * @return the passage
     */
    public static Passage swallowedAfter(long bytes) {
        return new Passage(Duration.ZERO, 0, bytes, End.SWALLOWED);
    }
}
