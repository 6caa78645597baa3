package org.usagestats.sink;

import java.io.IOException;

/** A sink that answers questions about the reports it keeps. Every such sink gives the same answer to the same question. */
public interface QueryableSink extends ReportSink {

    /**
     * Answers a question over all reports whose {@link #append} has returned, each counted once.
     *
     * @param query the question
     * @return the answer; what cannot be read is counted in it and never stops it
     * @throws IOException if the reports cannot be read at all
     */
    QueryResult query(Query query) throws IOException;
}
