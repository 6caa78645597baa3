package org.usagestats.sink;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The answer to a {@link Query}.
 *
 * @param columns the names of the columns: the question's dimensions, then its metrics
 * @param rows the rows, in the question's order
 * @param coverage which reports were looked at
 * @param groups what became of the groups
 */
public record QueryResult(List<String> columns, List<Row> rows, Coverage coverage, Groups groups) {

    /** Copies the lists. */
    public QueryResult {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /**
     * Lists the rows without the kinds of their values.
     *
     * @return of each row the texts of its values, and then its metrics
     */
    public List<List<Object>> texts() {
        return rows.stream().map(Row::texts).toList();
    }

    /**
     * One row.
     *
     * @param values the value of each dimension; {@link Value#OTHER} for all but the times in a row of other groups
     * @param metrics the value of each metric: a {@link Long} for counts, a {@link Double} for others,
     *     {@link Double#NaN} where there is none
     */
    public record Row(List<Value> values, List<Number> metrics) {

        /** Copies the lists. */
        public Row {
            values = List.copyOf(values);
            metrics = List.copyOf(metrics);
        }

        private List<Object> texts() {
            return Stream.<Object>concat(values.stream().map(Value::text), metrics.stream())
                    .toList();
        }
    }

    /**
     * Which reports were looked at. Each that is not damaged and that the filter and the period let pass is either matched
     * or without the path.
     *
     * @param examined how many reports the question was about before its filter and period: all, or the newest
     * @param matched how many of them are in the groups
     * @param withoutPath how many passed, but had no value for some dimension
     * @param damaged how many could not be read
     */
    public record Coverage(long examined, long matched, long withoutPath, long damaged) {}

    /**
     * What became of the groups. A group is a combination of values of the dimensions.
     *
     * @param all how many there were
     * @param other how many of them have no row of their own, but for the privacy floor and the page
     * @param otherReports how often reports stand in those
     * @param hidden how many have no row of their own because of the privacy floor
     * @param next the last row of this page, if there is another page
     */
    public record Groups(long all, long other, long otherReports, long hidden, Optional<Row> next) {}
}
