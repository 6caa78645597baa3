package org.usagestats.sink;

import java.io.IOException;

/** Opens sinks whose newest reports, and those that arrive, can be read without opening them, while a collector writes there. */
public interface FollowableSinkProvider extends SinkProvider {

    /**
     * Begins to follow a sink. It takes no lock and changes nothing.
     *
     * @param config where the sink is
     * @param newest how many of the reports that are there already are to be read first: the newest ones; 0 or more
     * @return what reads them, to be closed
     * @throws IOException if there is no such sink
     * @throws IllegalArgumentException if the configuration cannot work, in one line that says what is allowed
     */
    ReportTail follow(SinkConfig config, int newest) throws IOException;
}
