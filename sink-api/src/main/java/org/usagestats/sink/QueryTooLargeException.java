package org.usagestats.sink;

import java.io.IOException;

/** Thrown when answering a question would cost more than its {@link QueryLimits}. The message says which, fit to show. */
public final class QueryTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Limit limit;

    /** What there was too much of. */
    public enum Limit {
        /** It took too long: asked for less, or later, it may be answered. */
        TIME,
        /** It has too many groups. */
        GROUPS
    }

    private QueryTooLargeException(Limit limit, String message) {
        super(message);
        this.limit = limit;
    }

    /**
     * Makes one for a question that takes too long.
     *
     * @param limits how long it may take
     * @return the exception
     */
    public static QueryTooLargeException tooLong(QueryLimits limits) {
        return new QueryTooLargeException(
                Limit.TIME,
                "the question takes longer than " + limits.time().toSeconds()
                        + " s: ask about a shorter period, or group by less");
    }

    /**
     * Makes one for a question that waits longer than it may for what its answer needs.
     *
     * @param reason what it waits for, and what to do, in one line fit to show
     * @return the exception, of {@link Limit#TIME}
     */
    public static QueryTooLargeException tooEarly(String reason) {
        return new QueryTooLargeException(Limit.TIME, reason);
    }

    /**
     * Makes one for a question of too many groups.
     *
     * @param limits how many there may be
     * @return the exception
     */
    public static QueryTooLargeException tooManyGroups(QueryLimits limits) {
        return new QueryTooLargeException(
                Limit.GROUPS,
                "the answer has more than " + limits.groups()
                        + " groups: group by less or by longer spans, filter, or ask about a shorter period");
    }

    /**
     * Makes one for a question whose gaps are too many to fill.
     *
     * @param limits how many groups there may be
     * @param first the first span of the answer
     * @param last the last one, which a single report with a wrong time may be in
     * @return the exception
     */
    public static QueryTooLargeException tooManySpans(QueryLimits limits, Value first, Value last) {
        return new QueryTooLargeException(
                Limit.GROUPS,
                "from " + first.text() + " to " + last.text() + " without gaps the answer has more than "
                        + limits.groups() + " groups: say from and to, ask for longer spans, or leave fill out");
    }

    /**
     * Tells what there was too much of.
     *
     * @return the limit
     */
    public Limit limit() {
        return limit;
    }
}
