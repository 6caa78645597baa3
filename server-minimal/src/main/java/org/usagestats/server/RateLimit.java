package org.usagestats.server;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Bounds how much clients may ask for: each network, which is an IPv4 address or a /64 of IPv6, and all together. Safe for
 * use by several threads.
 */
final class RateLimit {

    /** How many networks are told apart; of one that was forgotten nothing is held against it. */
    private static final int MOST_NETWORKS = 10_000;

    private final TokenBucket.Rate perNetwork;
    private final LongSupplier nanoTime;
    private final TokenBucket together;
    private final Map<Object, TokenBucket> networks = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Makes a limit that nothing has been taken of.
     *
     * @param nanoTime the clock, as {@link System#nanoTime}
     */
    RateLimit(TokenBucket.Rate perNetwork, TokenBucket.Rate together, LongSupplier nanoTime) {
        this.perNetwork = perNetwork;
        this.together = new TokenBucket(together, nanoTime.getAsLong());
        this.nanoTime = nanoTime;
    }

    /**
     * Takes so much for a client, or nothing.
     *
     * @return after what time to ask again; zero if it was taken
     */
    synchronized Duration take(InetAddress client, int wanted) {
        long now = nanoTime.getAsLong();
        TokenBucket network = networks.computeIfAbsent(network(client), unseen -> new TokenBucket(perNetwork, now));
        forgetBeyond();
        Duration wait = network.until(wanted, now);
        Duration waitForAll = together.until(wanted, now);
        if (wait.compareTo(waitForAll) < 0) {
            wait = waitForAll;
        }
        if (wait.isZero()) {
            network.take(wanted);
            together.take(wanted);
        }
        return wait;
    }

    /** Forgets those that have asked for nothing for longest. */
    private void forgetBeyond() {
        Iterator<TokenBucket> oldest = networks.values().iterator();
        while (networks.size() > MOST_NETWORKS) {
            oldest.next();
            oldest.remove();
        }
    }

    private static Object network(InetAddress client) {
        byte[] address = client.getAddress();
        return client instanceof Inet4Address ? client : ByteBuffer.wrap(address, 0, address.length / 2);
    }
}
