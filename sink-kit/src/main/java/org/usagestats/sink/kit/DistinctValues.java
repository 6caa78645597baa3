package org.usagestats.sink.kit;

/** A set of different values, of which only the size is asked for, and that of unions. */
public interface DistinctValues {

    /**
     * Counts the values.
     *
     * @return how many different ones there are
     */
    long size();

    /**
     * Joins two sets of the same kind.
     *
     * @param others more values; both sets may be changed by this and are not used again
     * @return all values, each once
     */
    DistinctValues union(DistinctValues others);

    /**
     * Copies the set.
     *
     * @return a set of the same values, which changes by itself
     */
    DistinctValues copy();
}
