package org.usagestats.sink.columns;

import java.util.Arrays;

/** A time for each row of a part, in milliseconds since the Unix epoch, or none. Immutable. */
final class Times {

    /** What stands where there is no time. */
    static final long NONE = Long.MIN_VALUE;

    private final Extent extent;
    private final int[] near;
    private final long[] far;

    /**
     * What is known of all times of a part.
     *
     * @param least the earliest
     * @param greatest the latest; before the earliest if there is none
     * @param missing whether some row has none
     */
    record Extent(long least, long greatest, boolean missing) {
        boolean isEmpty() {
            return least > greatest;
        }
    }

    private Times(Extent extent, int[] near, long[] far) {
        this.extent = extent;
        this.near = near;
        this.far = far;
    }

    /** Rows without a time. */
    static Times none(int rows) {
        long[] times = new long[rows];
        Arrays.fill(times, NONE);
        return of(times, rows);
    }

    /** Takes the times of the first rows of an array. */
    static Times of(long[] times, int rows) {
        Extent extent = extent(times, rows);
        if (extent.isEmpty()
                || extent.greatest - extent.least < 0
                || extent.greatest - extent.least >= Integer.MAX_VALUE) {
            return new Times(extent, new int[0], Arrays.copyOf(times, rows));
        }
        int[] near = new int[rows];
        for (int row = 0; row < rows; row++) {
            near[row] = times[row] == NONE ? -1 : (int) (times[row] - extent.least);
        }
        return new Times(extent, near, new long[0]);
    }

    private static Extent extent(long[] times, int rows) {
        long least = Long.MAX_VALUE;
        long greatest = Long.MIN_VALUE;
        boolean missing = false;
        for (int row = 0; row < rows; row++) {
            long time = times[row];
            if (time == NONE) {
                missing = true;
            } else {
                least = Math.min(least, time);
                greatest = Math.max(greatest, time);
            }
        }
        return new Extent(least, greatest, missing);
    }

    Extent extent() {
        return extent;
    }

    long at(int row) {
        if (far.length > 0) {
            return far[row];
        }
        int after = near[row];
        return after < 0 ? NONE : extent.least + after;
    }

    /** How much memory they take. */
    long bytes() {
        return 4L * near.length + 8L * far.length;
    }
}
