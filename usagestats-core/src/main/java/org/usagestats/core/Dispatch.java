package org.usagestats.core;

import java.io.IOException;
import java.time.Duration;

/** Where the drain runs. */
interface Dispatch {

    /** The dispatch that a program asked for, as far as its own parts can be had in another process. */
    static Dispatch of(UsageStatsClient.Builder settings, Spool spool, ConsentBook consents, TransportSource source) {
        Dispatch inProcess = new InProcessDispatch(spool, consents, source);
        return settings.handsOff() ? new DetachedDispatch(spool, settings, source, inProcess) : inProcess;
    }

    /** Gets ready what {@link #start} takes, on a thread that has time, if there is anything to get ready. */
    default void prepare() throws IOException {}

    /** Sees to it that the spool is drained, and returns at once. */
    void start();

    /** Ends what runs in this process, after giving it so much time to finish. */
    void close(Duration wait);
}
