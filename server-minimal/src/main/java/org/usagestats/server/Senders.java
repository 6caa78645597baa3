package org.usagestats.server;

import com.sun.net.httpserver.HttpExchange;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Finds out who sent a request that may have come through proxies: each adds the address that it was asked from at the end of
 * {@code X-Forwarded-For}, so the last one that is not a trusted proxy's was seen by one, and what stands before it is hearsay.
 */
final class Senders {

    static final List<Network> LOOPBACK = List.of(Network.parse("127.0.0.0/8"), Network.parse("::1"));

    private final List<Network> proxies;

    Senders(List<Network> proxies) {
        this.proxies = List.copyOf(proxies);
    }

    InetAddress of(HttpExchange exchange) {
        InetAddress sender = exchange.getRemoteAddress().getAddress();
        if (!isProxy(sender)) {
            return sender;
        }
        List<String> forwarded = exchange.getRequestHeaders().getOrDefault("X-Forwarded-For", List.of());
        String[] hops = String.join(",", forwarded).split(",", -1);
        for (int last = hops.length - 1; last >= 0 && isProxy(sender); last--) {
            Optional<InetAddress> before = Network.address(hops[last].strip());
            if (before.isEmpty()) {
                return sender;
            }
            sender = before.get();
        }
        return sender;
    }

    private boolean isProxy(InetAddress address) {
        return proxies.stream().anyMatch(network -> network.contains(address));
    }
}
