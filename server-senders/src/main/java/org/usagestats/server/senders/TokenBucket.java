package org.usagestats.server.senders;

import java.time.Duration;

/** Lets so much through at once, and so much a second in the long run. Not for use by several threads. */
final class TokenBucket {

    private static final double NANOS = 1e9;

    private final RateLimit.Rate rate;
    private double tokens;
    private long filled;

    /** Makes a full bucket. */
    TokenBucket(RateLimit.Rate rate, long nanoTime) {
        this.rate = rate;
        this.tokens = rate.atOnce();
        this.filled = nanoTime;
    }

    /** How long it takes from now until so much can be taken; zero if it can be taken now. */
    Duration until(int wanted, long nanoTime) {
        fill(nanoTime);
        return Duration.ofNanos((long) Math.ceil(Math.max(0, wanted - tokens) / rate.perSecond() * NANOS));
    }

    /** Takes what there is enough of. */
    void take(int wanted) {
        tokens -= wanted;
    }

    private void fill(long nanoTime) {
        tokens = Math.min(rate.atOnce(), tokens + (nanoTime - filled) / NANOS * rate.perSecond());
        filled = nanoTime;
    }
}
