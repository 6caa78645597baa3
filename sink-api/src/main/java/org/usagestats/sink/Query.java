package org.usagestats.sink;

import java.util.List;
import java.util.stream.Stream;

/**
 * A question to a sink: some metrics of the reports, for each combination of values of some dimensions.
 *
 * <p>Each report that is selected stands in the group of its values. {@link Rows} says which groups have rows and in which
 * order.
 *
 * @param groupBy the dimensions, in the order of the columns
 * @param metrics what is computed of each group, in the order of the columns after the dimensions; at least one
 * @param values how values are told apart
 * @param selection which reports the question is about
 * @param rows which groups have rows
 */
public record Query(List<Dimension> groupBy, List<Metric> metrics, Values values, Selection selection, Rows rows) {

    /** How values of different kinds and arrays are told apart. */
    public enum Values {
        /**
         * {@code 3} and {@code "3"} are two values. Of an array each different element is a value, and the report stands in
         * several groups; an empty array is no value.
         */
        TYPED,
        /** Every value is its text, a string; an array is one value, its JSON. */
        TEXT
    }

    /** Copies the lists, and refuses a column that is not there or there twice. */
    public Query {
        groupBy = List.copyOf(groupBy);
        metrics = List.copyOf(metrics);
        require(!metrics.isEmpty(), "a question needs a metric");
        List<String> columns = columns(groupBy, metrics);
        require(columns.size() == columns.stream().distinct().count(), "a column is asked for twice: " + columns);
        require(
                rows.fill() == Rows.Fill.NONE || times(groupBy) == 1,
                "fill needs one dimension of time, such as time:day, not " + times(groupBy));
        for (Order by : rows.order()) {
            require(columns.contains(by.column()), "there is no column " + by.column() + " to sort by: " + columns);
        }
    }

    /**
     * Asks for the number of reports for each combination of values, over all reports, values as text.
     *
     * @param paths the paths to group by; none at all asks for the one total
     * @return the question
     */
    public static Query count(String... paths) {
        List<Dimension> fields =
                Stream.of(paths).<Dimension>map(Dimension.Field::new).toList();
        return of(fields, new Metric.Count()).withValues(Values.TEXT);
    }

    /**
     * Asks for some metrics for each combination of values, over all reports.
     *
     * @param groupBy the dimensions; none at all asks for the one total
     * @param metrics the metrics, at least one
     * @return the question
     */
    public static Query of(List<Dimension> groupBy, Metric... metrics) {
        return new Query(groupBy, List.of(metrics), Values.TYPED, Selection.ALL, Rows.ALL);
    }

    /**
     * The names of the answer's columns.
     *
     * @return the dimensions' names and then the metrics'
     */
    public List<String> columns() {
        return columns(groupBy, metrics);
    }

    private static List<String> columns(List<Dimension> groupBy, List<Metric> metrics) {
        return Stream.concat(
                        groupBy.stream().map(Dimension::name), metrics.stream().map(Metric::name))
                .toList();
    }

    /**
     * Returns the same question with values told apart in another way.
     *
     * @param wanted how
     * @return a new question
     */
    public Query withValues(Values wanted) {
        return new Query(groupBy, metrics, wanted, selection, rows);
    }

    /**
     * Returns the same question about other reports.
     *
     * @param wanted which reports
     * @return a new question
     */
    public Query withSelection(Selection wanted) {
        return new Query(groupBy, metrics, values, wanted, rows);
    }

    /**
     * Returns the same question with other rows.
     *
     * @param wanted which groups have rows
     * @return a new question
     */
    public Query withRows(Rows wanted) {
        return new Query(groupBy, metrics, values, selection, wanted);
    }

    /**
     * Returns the same question about the newest reports only.
     *
     * @param reports how many reports to look at, by the time of their receipt; at least 1
     * @return a new question
     * @throws IllegalArgumentException if the number is not positive
     */
    public Query overNewest(long reports) {
        return withSelection(selection.newest(reports));
    }

    private static long times(List<Dimension> groupBy) {
        return groupBy.stream().filter(Dimension.Time.class::isInstance).count();
    }

    private static void require(boolean allowed, String refusal) {
        if (!allowed) {
            throw new IllegalArgumentException(refusal);
        }
    }
}
