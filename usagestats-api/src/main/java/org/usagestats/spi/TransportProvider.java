package org.usagestats.spi;

import java.io.IOException;
import java.util.Set;

/** Opens transports for the drop points whose scheme it names. */
public interface TransportProvider {

    /**
     * Names the schemes of the drop points it serves.
     *
     * @return schemes in lower case, such as {@code https}
     */
    Set<String> schemes();

    /**
     * Opens a transport. Called at the first drain with consent, never earlier, and on the thread that drains.
     *
     * @param config where to and under which limits
     * @return the transport
     * @throws IOException if it cannot be opened now; the drain tries again later
     * @throws IllegalArgumentException if the configuration cannot work, in one line that says what is allowed
     */
    Transport open(TransportConfig config) throws IOException;
}
