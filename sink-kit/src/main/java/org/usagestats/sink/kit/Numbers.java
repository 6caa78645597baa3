package org.usagestats.sink.kit;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;

/**
 * Numbers, and how often each is there: enough for every metric of numbers, whatever the order in which they came. Takes 32
 * bytes or less for each different number. Not for use by several threads.
 */
public final class Numbers {

    private static final int FIRST_CAPACITY = 16;
    private static final double[] NOTHING = {};

    private double[] values = new double[FIRST_CAPACITY];
    private long[] times = new long[FIRST_CAPACITY];
    private int different;
    private long count;
    private double[] sorted = NOTHING;
    private long[] upTo = {};

    /** Starts with no number. */
    public Numbers() {}

    /**
     * Adds a number.
     *
     * @param number the number, finite
     * @param often how often
     */
    public void add(double number, long often) {
        if (2 * (different + 1) > values.length) {
            grow();
        }
        put(number + 0.0, often);
        count += often;
        sorted = NOTHING;
    }

    /**
     * Adds all of some others.
     *
     * @param others the others, which stay as they are
     */
    public void addAll(Numbers others) {
        for (int i = 0; i < others.values.length; i++) {
            if (others.times[i] > 0) {
                add(others.values[i], others.times[i]);
            }
        }
    }

    private void put(double number, long often) {
        int slot = slot(number);
        while (times[slot] > 0 && values[slot] != number) {
            slot = (slot + 1) & (values.length - 1);
        }
        if (times[slot] == 0) {
            different++;
            values[slot] = number;
        }
        times[slot] += often;
    }

    private int slot(double number) {
        long bits = Double.doubleToLongBits(number);
        long spread = (bits ^ (bits >>> 32)) * 0x9E3779B97F4A7C15L;
        return (int) (spread >>> 32) & (values.length - 1);
    }

    private void grow() {
        double[] oldValues = values;
        long[] oldTimes = times;
        values = new double[2 * oldValues.length];
        times = new long[2 * oldTimes.length];
        different = 0;
        for (int i = 0; i < oldValues.length; i++) {
            if (oldTimes[i] > 0) {
                put(oldValues[i], oldTimes[i]);
            }
        }
    }

    /** The sum of the decimals that the numbers are written as, rounded once; NaN of no numbers. */
    double sum() {
        return count == 0 ? Double.NaN : exactSum().doubleValue();
    }

    double average() {
        return count == 0
                ? Double.NaN
                : exactSum()
                        .divide(BigDecimal.valueOf(count), MathContext.DECIMAL128)
                        .doubleValue();
    }

    private BigDecimal exactSum() {
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < values.length; i++) {
            if (times[i] > 0) {
                sum = sum.add(BigDecimal.valueOf(values[i]).multiply(BigDecimal.valueOf(times[i])));
            }
        }
        return sum;
    }

    double least() {
        return count == 0 ? Double.NaN : sorted()[0];
    }

    double greatest() {
        return count == 0 ? Double.NaN : sorted()[different - 1];
    }

    /** The nearest rank: the smallest number that this share of all do not exceed. */
    double quantile(BigDecimal share) {
        if (count == 0) {
            return Double.NaN;
        }
        long rank = share.multiply(BigDecimal.valueOf(count))
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
        double[] ordered = sorted();
        int place = Arrays.binarySearch(upTo, rank);
        return ordered[place >= 0 ? place : -place - 1];
    }

    /** The numbers in their order; with it how many numbers there are up to each is known. */
    private double[] sorted() {
        if (sorted.length != different) {
            sort();
        }
        return sorted;
    }

    private void sort() {
        sorted = new double[different];
        int next = 0;
        for (int i = 0; i < values.length; i++) {
            if (times[i] > 0) {
                sorted[next++] = values[i];
            }
        }
        Arrays.sort(sorted);
        upTo = new long[different];
        long all = 0;
        for (int i = 0; i < different; i++) {
            all += timesOf(sorted[i]);
            upTo[i] = all;
        }
    }

    private long timesOf(double number) {
        int slot = slot(number);
        while (values[slot] != number || times[slot] == 0) {
            slot = (slot + 1) & (values.length - 1);
        }
        return times[slot];
    }
}
