package org.usagestats.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.usagestats.api.Report;
import org.usagestats.spi.Delivery;
import org.usagestats.spi.Delivery.Answer;
import org.usagestats.spi.Transport;
import org.usagestats.spi.TransportConfig;
import org.usagestats.spi.TransportProvider;

/** A transport whose answers a test decides by the text of the report. */
final class ScriptedTransport implements TransportProvider, Transport {

    final List<String> attempts = new ArrayList<>();
    Function<String, Delivery> answers = text -> Delivery.of(Answer.DELIVERED, "stored");
    int opened;
    int closed;

    @Override
    public Set<String> schemes() {
        return Set.of("https");
    }

    @Override
    public Transport open(TransportConfig config) {
        opened++;
        return this;
    }

    @Override
    public synchronized Delivery deliver(Report report, Duration limit) {
        attempts.add(report.text());
        return answers.apply(report.text());
    }

    @Override
    public void close() {
        closed++;
    }
}
