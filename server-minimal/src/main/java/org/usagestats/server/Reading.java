package org.usagestats.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import org.usagestats.server.access.Access;
import org.usagestats.server.access.Scope;
import org.usagestats.server.http.Endpoint;
import org.usagestats.server.http.Gate;
import org.usagestats.server.http.Refusal;

/** Lets those read who may, and some at a time. */
final class Reading implements Endpoint {

    private static final int AT_ONCE = 64;

    private final Gate few = new Gate(AT_ONCE);
    private final Access access;
    private final Scope scope;
    private final Gate gate;
    private final Endpoint endpoint;

    /**
     * Guards an endpoint.
     *
     * @param scope what a token must be for
     * @param gate what lets all requests in
     */
    Reading(Access access, Scope scope, Gate gate, Endpoint endpoint) {
        this.access = access;
        this.scope = scope;
        this.gate = gate;
        this.endpoint = endpoint;
    }

    @Override
    public void serve(HttpExchange exchange) throws Refusal, IOException {
        access.requireReader(exchange, scope);
        gate.pass(() -> few.pass(() -> endpoint.serve(exchange)));
    }
}
