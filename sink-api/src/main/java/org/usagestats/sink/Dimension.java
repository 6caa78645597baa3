package org.usagestats.sink;

import java.math.BigDecimal;

/**
 * What reports are grouped by or tested for: the value of a field, or something made of it.
 *
 * <p>A path such as {@code version}, {@code python.version_info.0} or {@code python$version_info$0} says where in a report
 * the field is. At each object the longest literal key wins, so {@code uname.release} finds the flat key of that name first,
 * then the nested one; a number selects an element of an array, from its end if negative, or a character of a string.
 * {@code \.} and {@code \$} are those characters themselves. A path that begins with {@code /} is a JSON pointer (RFC 6901).
 */
public sealed interface Dimension {

    /**
     * The dimension as a question in an address spells it, which is also the name of its column.
     *
     * @return for instance {@code semver(version,2)}
     */
    String name();

    /**
     * Tells whether a report's own fields decide about its value.
     *
     * @return false for {@link Time}, {@link First} and {@link Age}
     */
    default boolean isOfOneReport() {
        return !(this instanceof Time || this instanceof First || this instanceof Age);
    }

    /** A dimension that is made of one field. */
    sealed interface OfField extends Dimension {

        /**
         * Tells where the field is.
         *
         * @return the path
         */
        String path();
    }

    /**
     * The value of a field.
     *
     * @param path where it is
     */
    record Field(String path) implements OfField {
        @Override
        public String name() {
            return path;
        }
    }

    /**
     * The span of the calendar in which the report was received or made, as the question's clock and zone have it. Its
     * value is {@link Span#label}.
     *
     * @param span how long it is
     */
    record Time(Span span) implements Dimension {
        @Override
        public String name() {
            return "time:" + span;
        }
    }

    /**
     * The first numbers of a version, without a leading {@code v}: of {@code v2.10.3-beta} the first two are {@code 2.10}.
     * A text that does not begin with a number stays as it is. Its values are sorted as versions.
     *
     * @param path where the version is
     * @param numbers how many numbers, 1 to 3; fewer if the version has fewer
     */
    record Version(String path, int numbers) implements OfField {
        /** Refuses other numbers of numbers. */
        public Version {
            require(numbers >= 1 && numbers <= 3, "semver() keeps 1 to 3 numbers, not " + numbers);
        }

        @Override
        public String name() {
            return "semver(" + path + "," + numbers + ")";
        }
    }

    /**
     * The greatest multiple of a width that a number is not below. A value that is no number has none.
     *
     * @param path where the number is
     * @param width the width, above 0
     */
    record Bin(String path, BigDecimal width) implements OfField {
        /** Refuses a width that is not positive. */
        public Bin {
            require(width.signum() > 0, "bin() needs a width above 0, not " + width);
        }

        @Override
        public String name() {
            return "bin(" + path + "," + width.toPlainString() + ")";
        }
    }

    /**
     * The greatest power of two that a number is not below, and 0 for numbers from 0 to less than 1. Negative numbers and
     * what is no number have none.
     *
     * @param path where the number is
     */
    record Log2(String path) implements OfField {
        @Override
        public String name() {
            return "log2(" + path + ")";
        }
    }

    /**
     * The value of a field in lower case, without regard to any language.
     *
     * @param path where it is
     */
    record Lower(String path) implements OfField {
        @Override
        public String name() {
            return "lower(" + path + ")";
        }
    }

    /**
     * The value of a field, or a text for reports that have no value or {@code null} there.
     *
     * @param path where it is
     * @param otherwise the text
     */
    record Coalesce(String path, String otherwise) implements OfField {
        @Override
        public String name() {
            return "coalesce(" + path + ",'" + otherwise.replace("'", "''") + "')";
        }
    }

    /**
     * One of the parts that semicolons divide a text into, without white space around it: of {@code Linux;6.1} the first is
     * {@code Linux}. A text without that part has none.
     *
     * @param path where the text is
     * @param number which part, from 1 on
     */
    record Part(String path, int number) implements OfField {
        /** Refuses numbers below 1. */
        public Part {
            require(number >= 1, "part() counts from 1, not from " + number);
        }

        @Override
        public String name() {
            return "part(" + path + "," + number + ")";
        }
    }

    /**
     * The span in which the first report with the same value of a field was received or made: of all reports that pass the
     * question's filter, whatever its period. Its value is {@link Span#label}.
     *
     * @param path where the field is, such as {@code user}
     * @param span how long the span is
     */
    record First(String path, Span span) implements OfField {
        @Override
        public String name() {
            return "first(" + path + "," + span + ")";
        }
    }

    /**
     * How many spans lie between {@link First} and the report's own span.
     *
     * @param path where the field is, such as {@code user}
     * @param span how long the spans are
     */
    record Age(String path, Span span) implements OfField {
        @Override
        public String name() {
            return "age(" + path + "," + span + ")";
        }
    }

    private static void require(boolean allowed, String refusal) {
        if (!allowed) {
            throw new IllegalArgumentException(refusal);
        }
    }
}
