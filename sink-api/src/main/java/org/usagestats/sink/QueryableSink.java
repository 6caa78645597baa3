package org.usagestats.sink;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A sink that answers questions about the reports it keeps. Every such sink gives the same answer to the same question. */
public interface QueryableSink extends ReportSink {

    /**
     * Answers a question over all reports whose {@link #append} has returned, each counted once.
     *
     * @param query the question
     * @param limits what answering may cost
     * @return the answer; what cannot be read is counted in it and never stops it
     * @throws QueryTooLargeException if it would cost more
     * @throws IOException if the reports cannot be read at all
     */
    QueryResult query(Query query, QueryLimits limits) throws IOException;

    /**
     * Answers a question, whatever it costs.
     *
     * @param query the question
     * @return the answer
     * @throws IOException if the reports cannot be read at all
     */
    default QueryResult query(Query query) throws IOException {
        return query(query, QueryLimits.NONE);
    }

    /**
     * Lists the fields that the reports have, by name. What nearly every report has with a value of its own is not among
     * them: {@code report_id}, {@code server_time}, {@code submitted_erase}, {@code crc32c} and {@code date}.
     *
     * @param limits what this may cost
     * @return the fields
     * @throws QueryTooLargeException if it would cost more
     * @throws IOException if the reports cannot be read at all
     */
    List<SeenField> fields(QueryLimits limits) throws IOException;

    /**
     * Names the present state of what is kept: as long as the name is the same, every question has the same answer.
     *
     * @return the name, of letters, digits, {@code -} and {@code .}; empty if the sink cannot tell
     * @throws IOException if the reports cannot be read at all
     */
    default Optional<String> position() throws IOException {
        return Optional.empty();
    }
}
