package org.usagestats.server.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** What the collector does at an address. */
public interface Endpoint {

    /**
     * Answers a request and ends the exchange.
     *
     * @param exchange one that no answer was sent to
     * @throws Refusal if the request is not granted; nothing was sent yet, and the caller tells the client
     * @throws IOException if the client cannot be reached; the caller closes the connection
     */
    void serve(HttpExchange exchange) throws Refusal, IOException;
}
