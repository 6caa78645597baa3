package org.usagestats.server.records;

import java.io.IOException;
import org.usagestats.sink.ReportTaker;

/** All reports of a sink. */
@FunctionalInterface
public interface Reports {

    /**
     * Reads them, always in the same order.
     *
     * @param taker who takes the reports, and the damage
     * @throws IOException if they cannot be read, or the taker fails
     */
    void read(ReportTaker taker) throws IOException;
}
