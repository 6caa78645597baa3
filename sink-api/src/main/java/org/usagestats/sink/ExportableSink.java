package org.usagestats.sink;

import java.io.IOException;
import java.io.OutputStream;

/** A sink that hands out the reports it keeps. */
public interface ExportableSink extends ReportSink {

    /**
     * Writes every report of a selection whose {@link #append} has returned as one canonical JSON object a line, in the order
     * of receipt, ended by a line feed; what is damaged is left out.
     *
     * @param selection which reports; its number of newest ones has no meaning here
     * @param out where to, not closed
     * @throws IOException if the reports cannot be read or written
     */
    void exportJsonLines(Selection selection, OutputStream out) throws IOException;

    /**
     * Writes every report.
     *
     * @param out where to, not closed
     * @throws IOException if the reports cannot be read or written
     */
    default void exportJsonLines(OutputStream out) throws IOException {
        exportJsonLines(Selection.ALL, out);
    }
}
