package org.usagestats.sink;

import java.math.BigDecimal;

/**
 * What is computed of the reports of a group. A number is a JSON number or a string that is wholly one; other values do not
 * enter the metrics of numbers, which are {@link Double#NaN} where no number is. Of an array, each different element enters by itself, unless
 * the question takes {@linkplain Query.Values values as text}.
 */
public sealed interface Metric {

    /**
     * The metric as a question in an address spells it, which is also the name of its column.
     *
     * @return for instance {@code distinct(user)}
     */
    String name();

    /** A metric of one field. */
    sealed interface OfField extends Metric {

        /**
         * Tells where the field is.
         *
         * @return the path
         */
        String path();
    }

    /** A metric of the different values in a field. */
    sealed interface OfValues extends OfField {}

    /** A metric of the numbers in a field. */
    sealed interface OfNumbers extends OfField {}

    /** The number of reports. */
    record Count() implements Metric {
        @Override
        public String name() {
            return "count";
        }
    }

    /**
     * The number of different values of a field; reports without one do not matter. Exact.
     *
     * @param path where the field is
     */
    record Distinct(String path) implements OfValues {
        @Override
        public String name() {
            return "distinct(" + path + ")";
        }
    }

    /**
     * The sum of the numbers in a field: added exactly, as the decimals that were written, and then rounded once.
     *
     * @param path where the field is
     */
    record Sum(String path) implements OfNumbers {
        @Override
        public String name() {
            return "sum(" + path + ")";
        }
    }

    /**
     * The sum of the numbers in a field by their number.
     *
     * @param path where the field is
     */
    record Average(String path) implements OfNumbers {
        @Override
        public String name() {
            return "avg(" + path + ")";
        }
    }

    /**
     * The smallest number in a field.
     *
     * @param path where the field is
     */
    record Least(String path) implements OfNumbers {
        @Override
        public String name() {
            return "min(" + path + ")";
        }
    }

    /**
     * The greatest number in a field.
     *
     * @param path where the field is
     */
    record Greatest(String path) implements OfNumbers {
        @Override
        public String name() {
            return "max(" + path + ")";
        }
    }

    /**
     * The smallest number in a field that at least a given share of the numbers do not exceed (the nearest rank). Exact.
     *
     * @param path where the field is
     * @param share the share, above 0 and at most 1; 0.5 is the median
     */
    record Quantile(String path, BigDecimal share) implements OfNumbers {
        /** Refuses other shares, and takes 0.50 for 0.5. */
        public Quantile {
            if (share.signum() <= 0 || share.compareTo(BigDecimal.ONE) > 0) {
                throw new IllegalArgumentException("quantile() needs a share above 0 and at most 1, not " + share);
            }
            share = share.stripTrailingZeros();
        }

        @Override
        public String name() {
            return "quantile(" + path + "," + share.toPlainString() + ")";
        }
    }

    /** The group's reports as a share of all that match the question, from 0 to 1. */
    record Share() implements Metric {
        @Override
        public String name() {
            return "share";
        }
    }

    /**
     * The different values of a field in the group as a share of those in all reports that match the question, from 0 to 1.
     *
     * @param path where the field is, such as {@code user}
     */
    record ShareOf(String path) implements OfValues {
        @Override
        public String name() {
            return "share(" + path + ")";
        }
    }
}
