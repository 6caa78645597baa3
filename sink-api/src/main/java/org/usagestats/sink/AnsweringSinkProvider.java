package org.usagestats.sink;

import java.io.IOException;

/** Answers questions about the reports of sinks without opening them, also while a collector writes there. */
public interface AnsweringSinkProvider extends SinkProvider {

    /**
     * Answers a question over all reports that are there, each counted once, and changes nothing.
     *
     * @param config where the sink is
     * @param query the question
     * @param limits what answering may cost
     * @return the answer, as {@link QueryableSink#query} gives it
     * @throws QueryTooLargeException if it would cost more
     * @throws IOException if there is no such sink, or its reports cannot be read at all
     * @throws IllegalArgumentException if the configuration cannot work, in one line that says what is allowed
     */
    QueryResult query(SinkConfig config, Query query, QueryLimits limits) throws IOException;
}
