package org.usagestats.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.usagestats.server.http.Answer;
import org.usagestats.server.http.Endpoint;
import org.usagestats.server.http.Gate;
import org.usagestats.server.tls.Tls;
import org.usagestats.sink.MeasuredSink;
import org.usagestats.sink.Reading;
import org.usagestats.sink.ReportSink;

/** Tells Prometheus the numbers of the collector, of its certificate and of its sink, also while the collector is full or stops. */
final class Scrape implements Endpoint {

    private static final Logger LOG = System.getLogger(Scrape.class.getName());

    private final Metrics metrics;
    private final Gate gate;
    private final ReportSink sink;
    private final Optional<Tls> tls;

    Scrape(Metrics metrics, Gate gate, ReportSink sink, Optional<Tls> tls) {
        this.metrics = metrics;
        this.gate = gate;
        this.sink = sink;
        this.tls = tls;
    }

    @Override
    public void serve(HttpExchange exchange) throws IOException {
        Exposition text = metrics.expose(gate);
        tls.ifPresent(key -> expose(key, text));
        readings().forEach(reading -> expose(reading, text));
        Answer.text(200, text.toString())
                .with("Content-Type", Exposition.CONTENT_TYPE)
                .to(exchange);
    }

    private static void expose(Tls key, Exposition text) {
        String name = "usagestats_tls_certificate_expires_seconds";
        Duration left = Duration.between(Clock.systemUTC().instant(), key.expires());
        text.metric(name, "gauge", "Time until the certificate that serves expires.")
                .sample(name, left.toSeconds());
    }

    private static void expose(Reading reading, Exposition text) {
        String name = "usagestats_sink_" + reading.name();
        text.metric(name, reading.kind().name().toLowerCase(Locale.ROOT), reading.meaning())
                .sample(name, reading.value());
    }

    private List<Reading> readings() {
        try {
            return sink instanceof MeasuredSink measured ? measured.readings() : List.of();
        } catch (IOException | RuntimeException unreadable) {
            LOG.log(Level.WARNING, "the sink does not tell its numbers: {0}", unreadable.toString());
            return List.of();
        }
    }
}
