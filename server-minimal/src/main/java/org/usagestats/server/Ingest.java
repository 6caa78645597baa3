package org.usagestats.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.usagestats.server.http.Answer;
import org.usagestats.server.http.Body;
import org.usagestats.server.http.Endpoint;
import org.usagestats.server.http.Gate;
import org.usagestats.server.http.Refusal;
import org.usagestats.server.records.TextReport;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.ReceivedReport.Format;

/**
 * Accepts a report by POST and answers when the sink has it.
 *
 * <p>A client that gives its report an id is answered in the terms of this project: {@code Usagestats-Ack},
 * {@code Usagestats-Reject}, problem documents. Any other is answered as the original collectors did, in plain text.
 */
final class Ingest implements Endpoint {

    /** The most that a report may have. */
    static final Body.Cap CAP = new Body.Cap("report", TextReport.MAX_BYTES);

    private static final String ERASE = "Usagestats-Erase";

    /** What the big bodies of this format together may take, in bytes. */
    private static final int MEMORY = 32 * 1024 * 1024;

    private final Semaphore memory = new Semaphore(MEMORY);
    private final Intake intake;
    private final Gate gate;
    private final Metrics metrics;
    private final Format format;

    Ingest(Intake intake, Gate gate, Metrics metrics, Format format) {
        this.intake = intake;
        this.gate = gate;
        this.metrics = metrics;
        this.format = format;
    }

    @Override
    public void serve(HttpExchange exchange) throws IOException {
        String id = exchange.getRequestHeaders().getFirst("Usagestats-Report-Id");
        try {
            UUID uuid = id == null ? null : Intake.id(id, "Usagestats-Report-Id");
            intake.requireAcceptable(exchange);
            if (uuid != null) {
                intake.requireWithinLimit(exchange);
            }
            Optional<String> eraseHash = eraseHash(exchange, uuid);
            try (Body body = Body.read(exchange, CAP, memory)) {
                metrics.received(body.sent());
                gate.pass(() -> {
                    ReceivedReport.Builder report = report(exchange, body.bytes(), uuid);
                    eraseHash.ifPresent(report::eraseHash);
                    append(intake.received(exchange, report));
                    (id == null ? accepted() : accepted().with("Usagestats-Ack", id)).to(exchange);
                });
            }
        } catch (Refusal refusal) {
            metrics.refused(refusal);
            (id == null ? plain(refusal) : problem(refusal, id)).to(exchange);
        }
    }

    private static Optional<String> eraseHash(HttpExchange exchange, @Nullable UUID id) throws Refusal {
        String hash = exchange.getRequestHeaders().getFirst(ERASE);
        return hash == null ? Optional.empty() : Optional.of(Intake.eraseHash(hash, id, ERASE));
    }

    private ReceivedReport.Builder report(HttpExchange exchange, byte[] body, @Nullable UUID id) throws Refusal {
        ReceivedReport.Builder report = read(body);
        if (id != null) {
            report.id(id);
        }
        if (format == Format.TEXT) {
            report.path(exchange.getRequestURI().getRawPath());
        }
        return report;
    }

    private ReceivedReport.Builder read(byte[] body) throws Refusal {
        Instant now = Instant.now();
        return switch (format) {
            case TEXT -> text(body, now);
            case JSON -> JsonReport.read(body, now);
        };
    }

    private static ReceivedReport.Builder text(byte[] body, Instant received) throws Refusal {
        Optional<TextReport.Fault> fault = TextReport.fault(body);
        if (fault.isPresent()) {
            throw Refusal.ofReport(400, fault.get().reason(), fault.get().allowed());
        }
        return ReceivedReport.text(body, received);
    }

    private void append(ReceivedReport report) throws Refusal {
        if (intake.append(List.of(report)).get(0) == Outcome.CONFLICT) {
            throw Refusal.ofReport(409, "conflict", Intake.CONFLICT);
        }
    }

    private Answer accepted() {
        return switch (format) {
            case TEXT -> Answer.text(200, "stored");
            case JSON -> Answer.json("{\"success\": true}");
        };
    }

    /** The original collectors' words; the one that took JSON had none for most cases. */
    private Answer plain(Refusal refusal) {
        if (format == Format.JSON) {
            return Answer.text(refusal.status(), refusal.line() + "\n");
        }
        return Answer.text(refusal.status() == 413 ? 403 : refusal.status(), refusal.reason());
    }

    private static Answer problem(Refusal refusal, String id) {
        Answer problem = refusal.problem();
        return refusal.reportAtFault() ? problem.with("Usagestats-Reject", id + " " + refusal.reason()) : problem;
    }
}
