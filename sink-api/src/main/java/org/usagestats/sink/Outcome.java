package org.usagestats.sink;

/** What became of a report that was handed to a sink. */
public enum Outcome {
    /** It is kept. */
    STORED,
    /** The same report was kept before: it counts once. */
    DUPLICATE,
    /** Another report with the same id was kept before: this one is not. */
    CONFLICT
}
