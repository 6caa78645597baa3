package org.usagestats.core;

import java.time.Duration;

/** Where the drain runs. */
interface Dispatch {

    /** Sees to it that the spool is drained, and returns at once. */
    void start();

    /** Ends what runs in this process, after giving it so much time to finish. */
    void close(Duration wait);
}
