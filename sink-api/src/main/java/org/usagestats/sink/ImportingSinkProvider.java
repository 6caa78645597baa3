package org.usagestats.sink;

import java.io.IOException;

/** Opens sinks that take in reports which were received elsewhere. */
public interface ImportingSinkProvider extends SinkProvider {

    /**
     * Begins to bring reports in.
     *
     * @param config where the sink is
     * @return what takes them
     * @throws IOException if that is not possible now, in one line that says why
     * @throws IllegalArgumentException if the configuration cannot work, in one line that says what is allowed
     */
    SinkImport beginImport(SinkConfig config) throws IOException;
}
