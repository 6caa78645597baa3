package org.usagestats.sink;

import java.io.IOException;
import java.util.List;

/**
 * Keeps reports, each once.
 *
 * <p>Many threads call {@link #append} at once. Recognising a report that was received before is the sink's, since only
 * the sink can learn it again after a restart; so is making many small appends durable together. What else a sink can do
 * it says by implementing {@link QueryableSink}, {@link ExportableSink}, {@link ErasableSink} or {@link MeasuredSink}.
 */
public interface ReportSink extends AutoCloseable {

    /**
     * Keeps the reports and returns when they are as durable as the sink was opened for.
     *
     * @param reports the reports, in the order of their arrival
     * @return what became of each, in the same order
     * @throws SinkFullException if there is no room; none of the reports that it returned no outcome for was kept
     * @throws IOException if it cannot be said that the reports are kept; the sender may send them again
     */
    List<Outcome> append(List<ReceivedReport> reports) throws IOException;

    /**
     * Makes durable what is not yet and frees what the sink holds.
     *
     * @throws IOException if that fails
     */
    @Override
    void close() throws IOException;
}
