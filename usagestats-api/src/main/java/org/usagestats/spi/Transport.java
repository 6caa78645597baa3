package org.usagestats.spi;

import java.time.Duration;
import org.usagestats.api.Report;

/**
 * Brings one report at a time to a collector.
 *
 * <p>A transport does not retry, does not wait between attempts and keeps nothing: that is the drain's. It is used by one
 * thread, but {@link #close()} may come from another while a delivery is under way, which then ends at once.
 */
public interface Transport extends AutoCloseable {

    /**
     * Brings one report to the collector and says what the collector answered.
     *
     * @param report the report; its content is sent byte for byte
     * @param limit how long the whole exchange may take
     * @return the answer; every failure of the network or the collector is an answer, not an exception
     */
    Delivery deliver(Report report, Duration limit);

    /** Frees what the transport holds, without waiting. */
    @Override
    void close();
}
