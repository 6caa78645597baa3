package org.usagestats.server.senders;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds out who sent a request that may have come through proxies: each adds the address that it was asked from at the end of
 * {@code X-Forwarded-For}, so the last one that is not a trusted proxy's was seen by one, and what stands before it is hearsay.
 * Immutable.
 */
public final class Senders {

    private static final Senders DIRECT = new Senders(List.of());
    private static final Senders PAST_LOCAL_PROXIES =
            new Senders(List.of(Network.parse("127.0.0.0/8"), Network.parse("::1")));

    private final List<Network> proxies;

    private Senders(List<Network> proxies) {
        this.proxies = proxies;
    }

    /**
     * Trusts no proxy.
     *
     * @return what takes each peer for the sender
     */
    public static Senders direct() {
        return DIRECT;
    }

    /**
     * Trusts proxies on this machine.
     *
     * @return what believes those
     */
    public static Senders pastLocalProxies() {
        return PAST_LOCAL_PROXIES;
    }

    /**
     * Trusts proxies elsewhere, too.
     *
     * @param network an address, or {@code ADDRESS/BITS}
     * @return what believes those as well
     * @throws IllegalArgumentException if it is neither
     */
    public Senders andProxy(String network) {
        return new Senders(Stream.concat(proxies.stream(), Stream.of(Network.parse(network)))
                .toList());
    }

    /**
     * Finds out who sent a request.
     *
     * @param peer from where it came
     * @param forwarded its headers {@code X-Forwarded-For}
     * @return the sender's address
     */
    public InetAddress of(InetAddress peer, List<String> forwarded) {
        InetAddress sender = peer;
        if (!isProxy(sender)) {
            return sender;
        }
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
