package org.usagestats.sink;

import java.io.IOException;
import java.io.OutputStream;

/** A sink that hands out the reports it keeps. */
public interface ExportableSink extends ReportSink {

    /**
     * Writes every report whose {@link #append} has returned as one canonical JSON object a line, in the order of
     * receipt, ended by a line feed; what is damaged is left out.
     *
     * @param out where to, not closed
     * @throws IOException if the reports cannot be read or written
     */
    void exportJsonLines(OutputStream out) throws IOException;
}
