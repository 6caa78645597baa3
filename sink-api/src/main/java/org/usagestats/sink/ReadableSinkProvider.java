package org.usagestats.sink;

import java.io.IOException;

/** Opens sinks whose reports can be read without opening them, also while a collector writes there. */
public interface ReadableSinkProvider extends SinkProvider {

    /**
     * Reads all reports and changes nothing. What a collector is just about to write is not damaged.
     *
     * @param config where the sink is
     * @param taker who takes the reports, and the damage
     * @throws IOException if there is no such sink, or the taker fails
     * @throws IllegalArgumentException if the configuration cannot work, in one line that says what is allowed
     */
    void read(SinkConfig config, ReportTaker taker) throws IOException;
}
