package org.usagestats.it;

import java.util.Set;
import org.usagestats.spi.Transport;
import org.usagestats.spi.TransportConfig;
import org.usagestats.spi.TransportProvider;

/** Cannot be created; named in no services file but those that a test writes. */
public final class UncreatableTransport implements TransportProvider {

    /** Fails. */
    public UncreatableTransport() {
        throw new IllegalStateException("cannot be created");
    }

    @Override
    public Set<String> schemes() {
        return Set.of("http");
    }

    @Override
    public Transport open(TransportConfig config) {
        throw new AssertionError("never to be opened");
    }
}
