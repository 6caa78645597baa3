package org.usagestats.api;

import java.time.Duration;

/** The run of a program that a report is about, from the opening of its {@link UsageStats}. */
public interface Session {

    /**
     * Tells how long the session has lasted.
     *
     * @return the time since the client was opened, by a clock that never steps
     */
    Duration elapsed();
}
