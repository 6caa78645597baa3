package org.usagestats.sink;

import java.util.List;
import java.util.OptionalLong;

/**
 * A question to a sink: how many reports are there for each value of some fields.
 *
 * <p>A dimension is a path such as {@code version}, {@code python.version_info.0} or {@code python$version_info$0}. At each
 * object the longest literal key wins, so {@code uname.release} finds the flat key of that name first, then the nested
 * one; a number selects an element of an array, from its end if negative, or a character of a string. Values compare as
 * text: a number as it was written, {@code true}, {@code false}, {@code null}, and an array or object as its JSON.
 */
public final class Query {

    private final List<String> groupBy;
    private final OptionalLong newest;

    private Query(List<String> groupBy, OptionalLong newest) {
        this.groupBy = List.copyOf(groupBy);
        this.newest = newest;
    }

    /**
     * Asks for the number of reports for each combination of values, over all reports.
     *
     * @param dimensions the paths to group by; none at all asks for the one total
     * @return the question
     */
    public static Query count(String... dimensions) {
        return new Query(List.of(dimensions), OptionalLong.empty());
    }

    /**
     * Returns the same question about the newest reports only.
     *
     * @param reports how many reports to look at, by the time of their receipt; at least 1
     * @return a new question
     * @throws IllegalArgumentException if the number is not positive
     */
    public Query overNewest(long reports) {
        if (reports < 1) {
            throw new IllegalArgumentException("the number of newest reports is at least 1, not " + reports);
        }
        return new Query(groupBy, OptionalLong.of(reports));
    }

    /**
     * The paths to group by.
     *
     * @return the paths, in the order of the columns
     */
    public List<String> groupBy() {
        return groupBy;
    }

    /**
     * How many of the newest reports to look at.
     *
     * @return their number, or empty for all
     */
    public OptionalLong newest() {
        return newest;
    }
}
