package org.usagestats.benchmarks.queries;

import java.util.Locale;

/**
 * A number to reach, and what was measured.
 *
 * @param what in words
 * @param version of the JDK
 * @param measured the number measured
 * @param bound what it may be at least, or at most
 * @param side which of the two
 */
record Goal(String what, String version, double measured, double bound, Side side) {

    enum Side {
        AT_LEAST,
        AT_MOST
    }

    private static final double TWO_DIGITS_BELOW = 10;

    boolean isReached() {
        return side == Side.AT_LEAST ? measured >= bound : measured <= bound;
    }

    String measuredText() {
        return text(measured);
    }

    String boundText() {
        return (side == Side.AT_LEAST ? "at least " : "at most ") + text(bound);
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, value < TWO_DIGITS_BELOW ? "%.2f" : "%.0f", value);
    }
}
