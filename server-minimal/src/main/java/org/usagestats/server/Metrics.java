package org.usagestats.server;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.usagestats.server.http.Gate;
import org.usagestats.server.http.Refusal;
import org.usagestats.sink.Outcome;

/** Counts what a collector does since it started; for many threads at once. */
final class Metrics {

    /** The upper bounds of the histogram's buckets, in seconds: from a memory write to a disk that hangs. */
    private static final double[] BOUNDS = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5};

    private static final double NANOS = 1e9;

    private final LongAdder stored = new LongAdder();
    private final LongAdder duplicate = new LongAdder();
    private final LongAdder conflict = new LongAdder();
    private final LongAdder malformed = new LongAdder();
    private final LongAdder tooBig = new LongAdder();
    private final LongAdder encoding = new LongAdder();
    private final LongAdder forbidden = new LongAdder();
    private final LongAdder putOff = new LongAdder();
    private final LongAdder[] appends =
            Stream.generate(LongAdder::new).limit(BOUNDS.length + 1).toArray(LongAdder[]::new);
    private final LongAdder appendNanos = new LongAdder();
    private final LongAdder sinkFailures = new LongAdder();
    private final LongAdder erasuresGranted = new LongAdder();
    private final LongAdder erasuresPutOff = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder busy = new LongAdder();
    private final LongAdder withoutLength = new LongAdder();
    private final LongAdder misdirected = new LongAdder();
    private final LongAdder tooMany = new LongAdder();
    private final LongAdder queries = new LongAdder();

    /** A body was read: so many bytes, as they were sent. */
    void received(int sent) {
        bytes.add(sent);
    }

    /** The sink kept reports, or knew them. */
    void appended(List<Outcome> reports, Duration took) {
        reports.forEach(this::count);
        took(took);
    }

    /** The sink failed to keep reports. */
    void appendFailed(Duration took) {
        sinkFailures.increment();
        took(took);
    }

    /** A report, or a request that should have brought some, was refused; what the sink failed is counted as such. */
    void refused(Refusal refusal) {
        refusedRequest(refusal);
        switch (refusal.status()) {
            case 400, 411 -> malformed.increment();
            case 401, 403 -> forbidden.increment();
            case 413 -> tooBig.increment();
            case 415 -> encoding.increment();
            case 429 -> putOff.increment();
            default -> {}
        }
    }

    /** A request of any kind was refused; it is counted if that was not for what it asked. */
    void refusedRequest(Refusal refusal) {
        if (refusal.isBusy()) {
            busy.increment();
        }
        switch (refusal.status()) {
            case 411 -> withoutLength.increment();
            case 421 -> misdirected.increment();
            case 429 -> tooMany.increment();
            default -> {}
        }
    }

    /** The sink took wishes to erase; how many reports it found is its secret. */
    void erasuresGranted(int wishes) {
        erasuresGranted.add(wishes);
    }

    /** Wishes to erase were too many at a time. */
    void erasuresPutOff(int wishes) {
        erasuresPutOff.add(wishes);
    }

    /** A question was answered. */
    void queried() {
        queries.increment();
    }

    /**
     * All that was counted.
     *
     * @param open whether requests are let in
     */
    Exposition expose(Gate open) {
        Exposition to = new Exposition();
        exposeReports(to);
        exposeSink(to);
        String erasures = "usagestats_erasures_total";
        to.metric(erasures, "counter", "Reports whose erasure was asked for, whether they were there or not.")
                .sample(erasures, Map.of("outcome", "granted"), erasuresGranted.sum())
                .sample(erasures, Map.of("outcome", "put_off"), erasuresPutOff.sum());
        to.metric("usagestats_received_bytes_total", "counter", "Bytes of request bodies, as they were sent.")
                .sample("usagestats_received_bytes_total", bytes.sum());
        String refused = "usagestats_requests_refused_total";
        to.metric(
                        refused,
                        "counter",
                        "Requests without a plain length (411), for another host (421), or too many (429).")
                .sample(refused, Map.of("status", "411"), withoutLength.sum())
                .sample(refused, Map.of("status", "421"), misdirected.sum())
                .sample(refused, Map.of("status", "429"), tooMany.sum());
        to.metric("usagestats_requests_busy_total", "counter", "Requests sent away with 503, for want of room.")
                .sample("usagestats_requests_busy_total", busy.sum());
        to.metric("usagestats_queries_total", "counter", "Questions answered.")
                .sample("usagestats_queries_total", queries.sum());
        to.metric("usagestats_ready", "gauge", "1 while requests are let in, 0 while the collector stops.")
                .sample("usagestats_ready", open.isOpen() ? 1 : 0);
        Map<String, String> build = new LinkedHashMap<>();
        build.put("version", Main.version());
        build.put("java", Runtime.version().toString());
        return to.metric("usagestats_build_info", "gauge", "The versions that run; always 1.")
                .sample("usagestats_build_info", build, 1);
    }

    private void exposeReports(Exposition to) {
        String outcomes = "usagestats_reports_total";
        to.metric(outcomes, "counter", "Reports handed to the sink, by what became of them.")
                .sample(outcomes, Map.of("outcome", "stored"), stored.sum())
                .sample(outcomes, Map.of("outcome", "duplicate"), duplicate.sum())
                .sample(outcomes, Map.of("outcome", "conflict"), conflict.sum());
        String rejected = "usagestats_reports_rejected_total";
        to.metric(rejected, "counter", "Reports, and requests that should have brought some, that were rejected.")
                .sample(rejected, Map.of("reason", "malformed"), malformed.sum())
                .sample(rejected, Map.of("reason", "too_big"), tooBig.sum())
                .sample(rejected, Map.of("reason", "encoding"), encoding.sum())
                .sample(rejected, Map.of("reason", "forbidden"), forbidden.sum())
                .sample(rejected, Map.of("reason", "put_off"), putOff.sum());
    }

    private void exposeSink(Exposition to) {
        to.metric("usagestats_sink_failures_total", "counter", "Appends that the sink failed.")
                .sample("usagestats_sink_failures_total", sinkFailures.sum());
        to.metric("usagestats_sink_append_seconds", "histogram", "Time for the sink to keep what a request brought.");
        long count = 0;
        for (int i = 0; i < appends.length; i++) {
            count += appends[i].sum();
            String bound = i < BOUNDS.length ? BigDecimal.valueOf(BOUNDS[i]).toPlainString() : "+Inf";
            to.sample("usagestats_sink_append_seconds_bucket", Map.of("le", bound), count);
        }
        to.sample("usagestats_sink_append_seconds_sum", appendNanos.sum() / NANOS)
                .sample("usagestats_sink_append_seconds_count", count);
    }

    private void count(Outcome outcome) {
        switch (outcome) {
            case STORED -> stored.increment();
            case DUPLICATE -> duplicate.increment();
            case CONFLICT -> conflict.increment();
        }
    }

    private void took(Duration time) {
        int at = Arrays.binarySearch(BOUNDS, time.toNanos() / NANOS);
        appends[at < 0 ? -at - 1 : at].increment();
        appendNanos.add(time.toNanos());
    }
}
