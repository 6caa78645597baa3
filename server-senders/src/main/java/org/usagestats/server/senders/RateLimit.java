package org.usagestats.server.senders;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Bounds how much clients may ask for: each network, which is a /64 for IPv6, and all together. Safe for
 * use by several threads.
 */
public final class RateLimit {

    /**
     * How much may be taken.
     *
     * @param atOnce how much, if nothing was taken for long
     * @param perSecond how much in the long run
     */
    public record Rate(double atOnce, double perSecond) {

        /** More than can be asked for. */
        static final Rate UNBOUNDED = new Rate(1e15, 1e15);
    }

    /** How many networks are told apart; of one that was forgotten nothing is held against it. */
    private static final int MOST_NETWORKS = 10_000;

    private final int bitsOfIpv4;
    private final Rate perNetwork;
    private final LongSupplier nanoTime;
    private final TokenBucket together;
    private final Map<Network, TokenBucket> networks = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Makes a limit that nothing has been taken of.
     *
     * @param bitsOfIpv4 how big a network of IPv4 is: 32 is a single address
     * @param perNetwork how much each may take
     * @param together how much all may take
     * @param nanoTime the clock, as {@link System#nanoTime}
     */
    public RateLimit(int bitsOfIpv4, Rate perNetwork, Rate together, LongSupplier nanoTime) {
        this.bitsOfIpv4 = bitsOfIpv4;
        this.perNetwork = perNetwork;
        this.together = new TokenBucket(together, nanoTime.getAsLong());
        this.nanoTime = nanoTime;
    }

    /**
     * Allows so many reports a minute to each /24 and /64, and any number to all of them; a minute's worth may come at once.
     *
     * @param reports how many
     * @return a limit that nothing has been taken of
     */
    public static RateLimit perMinute(int reports) {
        Rate rate = new Rate(reports, reports / 60.0);
        return new RateLimit(24, rate, Rate.UNBOUNDED, System::nanoTime);
    }

    /**
     * Takes so much for a client, or nothing.
     *
     * @param client its address
     * @param wanted how much
     * @return after what time to ask again; zero if it was taken
     */
    public synchronized Duration take(InetAddress client, int wanted) {
        long now = nanoTime.getAsLong();
        TokenBucket network = networks.computeIfAbsent(
                Network.of(client, bitsOfIpv4, 64), unseen -> new TokenBucket(perNetwork, now));
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
}
