package org.usagestats.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** What the collector does at an address. */
interface Endpoint {

    /**
     * Answers a request and ends the exchange.
     *
     * @throws Refusal if the request is not granted; nothing was sent yet, and the caller tells the client
     * @throws IOException if the client cannot be reached; the caller closes the connection
     */
    void serve(HttpExchange exchange) throws Refusal, IOException;
}
