package org.usagestats.sink;

import java.util.List;

/**
 * The answer to a {@link Query}.
 *
 * @param columns the names of the columns: the dimensions of the question, then {@code count}
 * @param rows the rows, highest count first and then by their values; a dimension is a {@link String}, the count a
 *     {@link Long}
 * @param examined how many reports were looked at
 * @param matched how many of them are counted in the rows
 * @param withoutPath how many had no value for some dimension
 * @param damaged how many could not be read
 */
public record QueryResult(
        List<String> columns, List<List<Object>> rows, long examined, long matched, long withoutPath, long damaged) {}
