package org.usagestats.benchmarks.load;

import java.util.List;
import java.util.Locale;

/**
 * A number that a collector is to reach, and what was measured.
 *
 * @param what in words
 * @param measured the number measured
 * @param side whether it may be more or less than the bound
 * @param bound the number to reach
 */
public record Goal(String what, double measured, Side side, double bound) {

    /** On which side of its bound a number is good. */
    public enum Side {
        /** More is better. */
        AT_LEAST("at least "),
        /** Less is better. */
        AT_MOST("at most ");

        private final String words;

        Side(String words) {
            this.words = words;
        }
    }

    /** What stands above the columns of a table of goals. */
    public static final List<String> HEADER = List.of("", "JDK", "measured", "to reach", "reached");

    private static final double TWO_DIGITS_BELOW = 10;

    /**
     * Tells whether there is a number at all.
     *
     * @return false if what it is made of was not measured
     */
    public boolean isMeasured() {
        return !Double.isNaN(measured);
    }

    /**
     * Tells it in a row of a table.
     *
     * @param version of the JDK
     * @return the row, below {@link #HEADER}
     */
    public List<String> row(String version) {
        boolean reached = side == Side.AT_LEAST ? measured >= bound : measured <= bound;
        return List.of(what, version, text(measured), side.words + text(bound), reached ? "yes" : "NO");
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, value < TWO_DIGITS_BELOW ? "%.2f" : "%.0f", value);
    }
}
