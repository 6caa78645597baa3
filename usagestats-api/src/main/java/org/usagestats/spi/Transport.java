package org.usagestats.spi;

import java.time.Duration;
import java.util.List;
import org.usagestats.api.Erasure;
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
     * @param report the report; its content is sent byte for byte, and with it, if the report has one, its erase hash
     * @param limit how long the whole exchange may take
     * @return the answer; every failure of the network or the collector is an answer, not an exception
     */
    Delivery deliver(Report report, Duration limit);

    /**
     * Asks the collector to erase reports that it holds. A transport that does not say otherwise cannot.
     *
     * @param erasures which reports, and the proof that they were ours; at most 1,000
     * @param limit how long the whole exchange may take
     * @return {@code DELIVERED} if the collector promised to erase them; any other answer keeps the wish for later
     */
    default Delivery erase(List<Erasure> erasures, Duration limit) {
        return Delivery.of(Delivery.Answer.REFUSED, "this transport cannot ask for erasure");
    }

    /** Frees what the transport holds, without waiting. */
    @Override
    void close();
}
