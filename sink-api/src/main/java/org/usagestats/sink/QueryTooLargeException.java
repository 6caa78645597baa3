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

    /**
     * Makes one.
     *
     * @param limit what there was too much of
     * @param message which limit, and what may be done
     */
    public QueryTooLargeException(Limit limit, String message) {
        super(message);
        this.limit = limit;
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
