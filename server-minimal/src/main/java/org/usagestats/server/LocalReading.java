package org.usagestats.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Lets only this machine read, and a few at a time.
 *
 * <p>The peer's address alone says little: behind a proxy everyone is local, and a web page can point a name of its own at
 * the loopback address. So the {@code Host} must be local too, and no header may tell of a proxy.
 */
final class LocalReading implements Endpoint {

    private static final int AT_ONCE = 4;
    private static final Pattern LOCAL_HOST =
            Pattern.compile("(?i)(localhost|127(\\.[0-9]{1,3}){3}|\\[(::|(0:){7})1])(:[0-9]{1,5})?");

    private final Gate few = new Gate(AT_ONCE);
    private final Endpoint endpoint;
    private final Gate gate;

    LocalReading(Endpoint endpoint, Gate gate) {
        this.endpoint = endpoint;
        this.gate = gate;
    }

    @Override
    public void serve(HttpExchange exchange) throws Refusal, IOException {
        if (!isLocal(exchange)) {
            throw Refusal.ofRequest(
                    403,
                    "reading is for this machine",
                    "ask from where the collector runs, as http://localhost or http://127.0.0.1, without a proxy");
        }
        gate.pass(() -> few.pass(() -> endpoint.serve(exchange)));
    }

    private static boolean isLocal(HttpExchange exchange) {
        Headers headers = exchange.getRequestHeaders();
        return exchange.getRemoteAddress().getAddress().isLoopbackAddress()
                && hasLocalHost(headers.getOrDefault("Host", List.of()))
                && headers.keySet().stream().noneMatch(LocalReading::tellsOfProxy);
    }

    private static boolean hasLocalHost(List<String> hosts) {
        return hosts.size() == 1 && LOCAL_HOST.matcher(hosts.get(0)).matches();
    }

    private static boolean tellsOfProxy(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return name.equals("forwarded") || name.startsWith("x-forwarded-") || name.equals("via");
    }
}
