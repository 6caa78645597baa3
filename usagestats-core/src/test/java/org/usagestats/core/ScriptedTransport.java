package org.usagestats.core;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.usagestats.api.Erasure;
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
    final List<Erasure> erased = new ArrayList<>();
    final List<Report> reports = new ArrayList<>();
    Supplier<Delivery> erasureAnswer = () -> Delivery.of(Answer.DELIVERED, "promised");
    URI erasedAt = URI.create("none:/");
    URI openedFor = URI.create("none:/");
    int opened;
    int closed;

    @Override
    public Set<String> schemes() {
        return Set.of("https");
    }

    @Override
    public Transport open(TransportConfig config) {
        opened++;
        openedFor = config.dropPoint();
        return this;
    }

    @Override
    public synchronized Delivery deliver(Report report, Duration limit) {
        attempts.add(report.text());
        reports.add(report);
        return answers.apply(report.text());
    }

    @Override
    public synchronized Delivery erase(List<Erasure> erasures, Duration limit) {
        Delivery answer = erasureAnswer.get();
        if (answer.answer() == Answer.DELIVERED) {
            erased.addAll(erasures);
            erasedAt = openedFor;
        }
        return answer;
    }

    @Override
    public void close() {
        closed++;
    }
}
