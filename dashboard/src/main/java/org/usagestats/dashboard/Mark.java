package org.usagestats.dashboard;

/** How the rows of an answer are drawn. */
public enum Mark {
    /** A line for each series, over time. */
    LINE,
    /** Areas on top of each other, one for each series, over time. */
    AREA,
    /** A bar for each row, beside its name. */
    BARS,
    /** An upright bar for each row, in the order of the values. */
    HISTOGRAM
}
