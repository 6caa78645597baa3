package org.usagestats.core;

import java.time.Duration;

/** Where the drain runs. */
interface Dispatch {

    /** The one that a program asked for; what it handed over itself cannot be handed to another process. */
    static Dispatch of(UsageStatsClient.Builder settings, Spool spool, ConsentBook consents, TransportSource source) {
        Dispatch inProcess = new InProcessDispatch(spool, consents, source);
        boolean ownParts = settings.transport != null || settings.consentStore != null;
        return settings.detached && !ownParts ? new DetachedDispatch(spool, settings, source, inProcess) : inProcess;
    }

    /** Sees to it that the spool is drained, and returns at once. */
    void start();

    /** Ends what runs in this process, after giving it so much time to finish. */
    void close(Duration wait);
}
