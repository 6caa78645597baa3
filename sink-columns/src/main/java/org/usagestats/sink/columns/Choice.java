package org.usagestats.sink.columns;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.usagestats.sink.Filter;
import org.usagestats.sink.Selection;

/** Which reports a question is about. For use by several threads. */
final class Choice {

    private final Selection selection;
    private final Shelf shelf;
    private final Test filter;
    private final long from;
    private final long to;

    /** Finds the reports of a part that a filter lets pass. */
    private interface Test {
        /** The reports; null for all. */
        @Nullable
        RowSet in(Part part) throws IOException;
    }

    Choice(Selection selection, Shelf shelf, Fields fields) {
        this.selection = selection;
        this.shelf = shelf;
        this.filter = test(selection.filter(), fields);
        this.from = selection.from().map(Choice::ceiling).orElse(Long.MIN_VALUE);
        this.to = selection.to().map(Choice::ceiling).orElse(Long.MAX_VALUE);
    }

    /** The first millisecond that is not before a time. */
    private static long ceiling(Instant time) {
        if (time.isAfter(Instant.ofEpochMilli(Long.MAX_VALUE))) {
            return Long.MAX_VALUE;
        }
        if (time.isBefore(Instant.ofEpochMilli(Long.MIN_VALUE + 1))) {
            return Long.MIN_VALUE + 1;
        }
        long millis = time.toEpochMilli();
        return Instant.ofEpochMilli(millis).isBefore(time) ? millis + 1 : millis;
    }

    private static Test test(Filter filter, Fields fields) {
        if (filter instanceof Filter.Test test) {
            Meanings condition = fields.condition(test);
            return part -> RowSet.meaningful(fields.in(part, condition), part.rows());
        } else if (filter instanceof Filter.Not not) {
            Test inner = test(not.filter(), fields);
            return part -> Optional.ofNullable(inner.in(part)).map(RowSet::not).orElse(RowSet.none(part.rows()));
        } else if (filter instanceof Filter.Every every) {
            List<Test> all =
                    every.filters().stream().map(one -> test(one, fields)).toList();
            return part -> every(all, part);
        } else if (filter instanceof Filter.Any any) {
            List<Test> some =
                    any.filters().stream().map(one -> test(one, fields)).toList();
            return part -> any(some, part);
        }
        throw new AssertionError(filter);
    }

    private static @Nullable RowSet every(List<Test> tests, Part part) throws IOException {
        RowSet rows = null;
        for (Test test : tests) {
            RowSet more = test.in(part);
            if (more != null) {
                rows = rows == null ? more : rows.and(more);
            }
        }
        return rows;
    }

    private static @Nullable RowSet any(List<Test> tests, Part part) throws IOException {
        RowSet rows = RowSet.none(part.rows());
        for (Test test : tests) {
            RowSet more = test.in(part);
            if (more == null) {
                return null;
            }
            rows.or(more);
        }
        return rows;
    }

    /** Tells whether the question's period holds no report of a part. */
    boolean isOutside(Part part) {
        if (!hasPeriod()) {
            return false;
        }
        Times.Extent extent = part.extent(selection.clock());
        return extent.isEmpty() || extent.greatest() < from || extent.least() >= to;
    }

    private boolean hasPeriod() {
        return selection.from().isPresent() || selection.to().isPresent();
    }

    /**
     * The reports of a piece that the filter and the period let pass.
     *
     * @param among the reports to look at; null for all that count
     * @return the reports; null for all
     */
    @Nullable
    RowSet in(Piece piece, @Nullable RowSet among) throws IOException {
        RowSet rows = among;
        Part part = piece.part();
        if (rows == null && !piece.isWhole()) {
            rows = piece.rows();
        }
        if (hasPeriod() && !isInside(part)) {
            rows = and(rows, RowSet.between(shelf.times(part, selection.clock()), from, to, part.rows()));
        }
        return and(rows, filter.in(part));
    }

    /** The reports of a piece that the filter lets pass, whatever the period. */
    RowSet everPassing(Piece piece) throws IOException {
        RowSet rows = piece.rows();
        RowSet passing = filter.in(piece.part());
        return passing == null ? rows : rows.and(passing);
    }

    private boolean isInside(Part part) {
        Times.Extent extent = part.extent(selection.clock());
        return !extent.missing() && extent.least() >= from && extent.greatest() < to;
    }

    private static @Nullable RowSet and(@Nullable RowSet one, @Nullable RowSet other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.and(other);
    }
}
