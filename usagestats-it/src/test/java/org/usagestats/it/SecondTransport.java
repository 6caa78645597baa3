package org.usagestats.it;

import java.util.Set;
import org.usagestats.spi.Transport;
import org.usagestats.spi.TransportConfig;
import org.usagestats.spi.TransportProvider;

/** Claims the same scheme as another transport; named in no services file but those that a test writes. */
public final class SecondTransport implements TransportProvider {

    @Override
    public Set<String> schemes() {
        return Set.of("http");
    }

    @Override
    public Transport open(TransportConfig config) {
        throw new AssertionError("never to be opened");
    }
}
