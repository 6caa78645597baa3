import org.usagestats.spi.TransportProvider;
import org.usagestats.transport.http.HttpTransportProvider;

/**
 * Delivers reports over HTTP and HTTPS.
 *
 * @provides org.usagestats.spi.TransportProvider for drop points of the schemes {@code http} and {@code https}
 */
module org.usagestats.transport.http {
    requires static org.jspecify;
    requires java.net.http;
    requires org.usagestats.api;

    provides TransportProvider with
            HttpTransportProvider;
}
