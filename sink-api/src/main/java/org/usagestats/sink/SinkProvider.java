package org.usagestats.sink;

import java.io.IOException;

/** Opens sinks of the kind it names. */
public interface SinkProvider {

    /**
     * The name by which an operator asks for it: {@code --sink NAME:LOCATION}.
     *
     * @return lower-case letters, digits and hyphens
     */
    String name();

    /**
     * Opens a sink, ready to accept reports.
     *
     * @param config where it keeps reports, and how
     * @return the sink
     * @throws IOException if it cannot be opened, in one line that says why
     * @throws IllegalArgumentException if the configuration cannot work, in one line that says what is allowed
     */
    ReportSink open(SinkConfig config) throws IOException;
}
