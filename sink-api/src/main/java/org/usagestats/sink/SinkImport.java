package org.usagestats.sink;

import java.io.Closeable;
import java.io.IOException;

/**
 * Brings reports into a sink that were received elsewhere, and before. Not for use by several threads.
 *
 * <p>The same reports in the same order are brought in once, however often and after whatever time it is tried.
 */
public interface SinkImport extends Closeable {

    /**
     * Adds a report, under the time that it was received.
     *
     * @param report the report
     * @throws IOException if it cannot be kept; then nothing more is to be added
     */
    void add(ReceivedReport report) throws IOException;

    /**
     * Makes durable, and part of the sink, what was added.
     *
     * @return how many of the reports were not in it already
     * @throws IOException if it cannot be said that all are; the same import may be tried again
     */
    long commit() throws IOException;

    /**
     * Frees what it holds; without {@link #commit} no report is left in the sink in part.
     *
     * @throws IOException if that fails
     */
    @Override
    void close() throws IOException;
}
