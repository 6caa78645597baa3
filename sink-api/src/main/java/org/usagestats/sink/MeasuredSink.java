package org.usagestats.sink;

import java.io.IOException;
import java.util.List;

/** A sink that tells numbers of its own, for those who watch the collector. */
public interface MeasuredSink extends ReportSink {

    /**
     * Reads the numbers: always the same ones, in the same order. It is called every few seconds, by any thread, and takes
     * no longer than a few milliseconds.
     *
     * @return each under a name of its own
     * @throws IOException if they cannot be read
     */
    List<Reading> readings() throws IOException;
}
