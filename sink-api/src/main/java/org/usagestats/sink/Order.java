package org.usagestats.sink;

/**
 * By which column rows are sorted.
 *
 * @param column the name of a dimension or a metric of the question
 * @param direction which end comes first
 */
public record Order(String column, Direction direction) {

    /** Which end comes first. */
    public enum Direction {
        /** The smallest first. */
        ASCENDING,
        /** The greatest first. */
        DESCENDING
    }
}
