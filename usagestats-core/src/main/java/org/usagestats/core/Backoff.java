package org.usagestats.core;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long to leave a collector alone after a drain that failed: a minute, doubled with each failure in a row up to a day,
 * and of that a random part, so that programs which failed together do not come back together. A wait that the collector
 * asked for is a lower bound, within a second and a day.
 */
final class Backoff {

    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration SHORTEST_ASKED = Duration.ofSeconds(1);

    private final RandomGenerator random;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    Duration after(int failures, Optional<Duration> asked) {
        long bound = LONGEST.toMillis();
        if (failures <= 11) {
            bound = Math.min(bound, FIRST.toMillis() << (failures - 1));
        }
        Duration drawn = Duration.ofMillis(random.nextLong(bound) + 1);
        Duration floor = asked.map(Backoff::clamped).orElse(Duration.ZERO);
        return drawn.compareTo(floor) > 0 ? drawn : floor;
    }

    private static Duration clamped(Duration asked) {
        if (asked.compareTo(SHORTEST_ASKED) < 0) {
            return SHORTEST_ASKED;
        }
        return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
    }
}
