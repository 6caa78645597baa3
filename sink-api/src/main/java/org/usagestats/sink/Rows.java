package org.usagestats.sink;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which groups of an answer have rows of their own, in which order, and which of the rows are wanted.
 *
 * <p>A group is a combination of values of all dimensions but the spans of {@link Dimension.Time}; it has a row for each
 * span in which it has reports.
 *
 * @param top how many groups have rows of their own: those whose first metric is the greatest over all spans; empty for all
 * @param minCount how many reports a group needs for rows of its own, over all spans; at least 1
 * @param privacyFloor how many different values of {@code user} a row needs, so that nobody can be singled out; 1 hides
 *     nothing. Where a row is hidden, the next smallest of its span are too, until what is hidden holds that many users and
 *     at least two groups
 * @param rest what becomes of groups without rows of their own
 * @param fill what becomes of spans in which a group with rows has no report, from the first span of the period (without one, of
 *     the answer) to the last; needs one dimension of time
 * @param order how the rows are sorted. Where this leaves rows alike, and where it is empty: by the spans, then the greatest
 *     first metric first, then by the values; {@link Value#OTHER} stands after all others of its span, a metric without a number after all numbers
 * @param limit how many rows are wanted, or empty for all
 * @param after the row after which the wanted ones begin, as {@link QueryResult.Groups#next} has it
 */
public record Rows(
        OptionalInt top,
        long minCount,
        int privacyFloor,
        Rest rest,
        Fill fill,
        List<Order> order,
        OptionalInt limit,
        Optional<QueryResult.Row> after) {

    /** What becomes of groups that have no row of their own. */
    public enum Rest {
        /** They are one row together, {@link Value#OTHER}, for each span. */
        OTHER,
        /** They are left out, and counted. */
        LEFT_OUT
    }

    /** What becomes of spans in which a group has no report. */
    public enum Fill {
        /** They have no row. */
        NONE,
        /** They have a row, with 0 for counts and shares and {@link Double#NaN} for other metrics. */
        ZERO,
        /** They have a row, with {@link Double#NaN} for each metric. */
        NULL
    }

    /** A row for each group. */
    public static final Rows ALL = new Rows(
            OptionalInt.empty(), 1, 1, Rest.OTHER, Fill.NONE, List.of(), OptionalInt.empty(), Optional.empty());

    /** Copies the list, and refuses numbers below 1. */
    public Rows {
        order = List.copyOf(order);
        require("top", top.orElse(1));
        require("min_count", minCount);
        require("k", privacyFloor);
        require("limit", limit.orElse(1));
    }

    private static void require(String name, long number) {
        if (number < 1) {
            throw new IllegalArgumentException(name + " is at least 1, not " + number);
        }
    }

    /**
     * Gives rows to the greatest groups.
     *
     * @param groups how many
     * @return new rows
     * @throws IllegalArgumentException if the number is not positive
     */
    public Rows top(int groups) {
        return new Rows(OptionalInt.of(groups), minCount, privacyFloor, rest, fill, order, limit, after);
    }

    /**
     * Gives rows to groups of some size.
     *
     * @param reports how many reports they need
     * @return new rows
     * @throws IllegalArgumentException if the number is not positive
     */
    public Rows minCount(long reports) {
        return new Rows(top, reports, privacyFloor, rest, fill, order, limit, after);
    }

    /**
     * Hides rows of few users.
     *
     * @param users how many users a row needs
     * @return new rows
     * @throws IllegalArgumentException if the number is not positive
     */
    public Rows privacyFloor(int users) {
        return new Rows(top, minCount, users, rest, fill, order, limit, after);
    }

    /**
     * Says what becomes of groups without rows of their own.
     *
     * @param how together or not at all
     * @return new rows
     */
    public Rows rest(Rest how) {
        return new Rows(top, minCount, privacyFloor, how, fill, order, limit, after);
    }

    /**
     * Says what becomes of spans without reports.
     *
     * @param how which rows they get
     * @return new rows
     */
    public Rows fill(Fill how) {
        return new Rows(top, minCount, privacyFloor, rest, how, order, limit, after);
    }

    /**
     * Sorts the rows.
     *
     * @param by the columns, the most important first
     * @return new rows
     */
    public Rows order(Order... by) {
        return new Rows(top, minCount, privacyFloor, rest, fill, List.of(by), limit, after);
    }

    /**
     * Wants the first rows only.
     *
     * @param rows how many
     * @return new rows
     * @throws IllegalArgumentException if the number is not positive
     */
    public Rows limit(int rows) {
        return new Rows(top, minCount, privacyFloor, rest, fill, order, OptionalInt.of(rows), after);
    }

    /**
     * Wants the rows after another.
     *
     * @param row the last row of the page before
     * @return new rows
     */
    public Rows after(QueryResult.Row row) {
        return new Rows(top, minCount, privacyFloor, rest, fill, order, limit, Optional.of(row));
    }
}
