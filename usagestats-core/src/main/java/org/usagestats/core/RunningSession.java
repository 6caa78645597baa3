package org.usagestats.core;

import java.time.Duration;
import org.usagestats.api.Session;

/** The session that began when this was made. */
final class RunningSession implements Session {

    private final long start = System.nanoTime();

    @Override
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
