package org.usagestats.benchmarks;

import java.util.Locale;

/**
 * A number to reach, and what was measured.
 *
 * @param jdk with which JDK
 * @param what in words
 * @param measured the number measured
 * @param limit what it may be at most
 * @param unit behind both
 */
record Goal(Jdk jdk, String what, double measured, double limit, String unit) {

    static final String MILLIS = "ms";
    static final String TIMES = "x";

    boolean isReached() {
        return measured <= limit;
    }

    String measuredText() {
        return text(measured);
    }

    String limitText() {
        return text(limit);
    }

    private String text(double value) {
        return String.format(Locale.ROOT, unit.equals(TIMES) ? "%.2f %s" : "%.1f %s", value, unit);
    }
}
