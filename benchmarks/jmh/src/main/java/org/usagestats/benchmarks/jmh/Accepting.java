package org.usagestats.benchmarks.jmh;

import java.time.Duration;
import java.util.Set;
import org.usagestats.api.Report;
import org.usagestats.spi.Delivery;
import org.usagestats.spi.Transport;
import org.usagestats.spi.TransportConfig;
import org.usagestats.spi.TransportProvider;

/** A transport that takes every report and sends nothing. */
final class Accepting implements TransportProvider, Transport {

    @Override
    public Set<String> schemes() {
        return Set.of("http");
    }

    @Override
    public Transport open(TransportConfig config) {
        return this;
    }

    @Override
    public Delivery deliver(Report report, Duration limit) {
        return Delivery.of(Delivery.Answer.DELIVERED, "");
    }

    @Override
    public void close() {
        // There is nothing to close.
    }
}
