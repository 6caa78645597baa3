package org.usagestats.api;

import java.util.Arrays;

/**
 * A coarse scale for numbers: it turns a number that varies finely, and so might single out a machine or a document, into
 * the name of the range that the number is in.
 *
 * <pre>{@code
 * stats.note("lines", Bucket.powerOfTwo().of(lines));            // 0, 1, 2..3, 4..7, 8..15 and so on
 * stats.note("files", Bucket.ranges(10, 100, 1000).of(files));   // <10, 10..99, 100..999, >=1000
 * }</pre>
 *
 * <p>Every {@code long} is in exactly one bucket. A bucket is named by its least and its greatest number, with two dots
 * between, which neither reads as a sign nor, in a spreadsheet, as a date; a bucket of one number by that number alone.
 * Immutable and thread-safe.
 */
public final class Bucket {

    private static final int POWERS = 63;

    /** The least number of each bucket but the first, which goes down to the least {@code long}. */
    private final long[] starts;

    private Bucket(long[] starts) {
        this.starts = starts;
    }

    /**
     * Returns the scale of the powers of two: {@code 0}, {@code 1}, {@code 2..3}, {@code 4..7}, {@code 8..15} and so on.
     * All negative numbers are in {@code <0}, and the last bucket is {@code >=4611686018427387904}, which is
     * 2<sup>62</sup>.
     *
     * @return the scale
     */
    public static Bucket powerOfTwo() {
        long[] starts = new long[POWERS + 1];
        for (int power = 0; power < POWERS; power++) {
            starts[power + 1] = 1L << power;
        }
        return new Bucket(starts);
    }

    /**
     * Returns a scale of one's own: {@code ranges(10, 100)} has the buckets {@code <10}, {@code 10..99} and
     * {@code >=100}. The numbers may be negative.
     *
     * @param starts where a new bucket begins, ascending
     * @return the scale
     * @throws IllegalArgumentException if there is none, or one is not greater than the one before
     */
    public static Bucket ranges(long... starts) {
        boolean ascending = starts.length > 0;
        for (int i = 1; i < starts.length; i++) {
            ascending &= starts[i - 1] < starts[i];
        }
        if (!ascending) {
            throw new IllegalArgumentException(
                    "ranges begin at one or more ascending numbers, such as 10, 100, 1000, not "
                            + Arrays.toString(starts));
        }
        return new Bucket(starts.clone());
    }

    /**
     * Names the bucket of a number.
     *
     * @param value any number
     * @return for instance {@code <10}, {@code 7}, {@code 10..99} or {@code >=1000}
     */
    public String of(long value) {
        int found = Arrays.binarySearch(starts, value);
        int next = found >= 0 ? found + 1 : -found - 1;
        if (next == 0) {
            return "<" + starts[0];
        }
        long least = starts[next - 1];
        if (next == starts.length) {
            return ">=" + least;
        }
        long greatest = starts[next] - 1;
        return least == greatest ? Long.toString(least) : least + ".." + greatest;
    }
}
