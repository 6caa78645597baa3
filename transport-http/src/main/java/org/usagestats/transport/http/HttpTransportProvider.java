package org.usagestats.transport.http;

import java.io.IOException;
import java.util.Set;
import org.usagestats.spi.Transport;
import org.usagestats.spi.TransportConfig;
import org.usagestats.spi.TransportProvider;

/**
 * Provides the transport for drop points whose URL begins with {@code http} or {@code https}.
 *
 * <p>The proxy is the one that the JVM's settings name, else the one of the environment variables {@code HTTPS_PROXY},
 * {@code HTTP_PROXY} and {@code NO_PROXY}. Nothing is contacted before the first delivery.
 */
public final class HttpTransportProvider implements TransportProvider {

    /** Creates the provider. */
    public HttpTransportProvider() {}

    @Override
    public Set<String> schemes() {
        return Set.of("http", "https");
    }

    @Override
    public Transport open(TransportConfig config) throws IOException {
        return HttpTransport.open(config, System.getenv());
    }
}
