package org.usagestats.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.ReceivedReport.Format;
import org.usagestats.sink.ReportSink;
import org.usagestats.sink.SinkFullException;

/**
 * Accepts a report by POST and answers when the sink has it.
 *
 * <p>A client that gives its report an id is answered in the terms of this project: {@code Usagestats-Ack},
 * {@code Usagestats-Reject}, problem documents. Any other is answered as the original collectors did, in plain text.
 */
final class Ingest implements Endpoint {

    /** The most that a report may have. */
    static final Body.Cap CAP = new Body.Cap("report", 512 * 1024);

    /** What the big bodies of this format together may take, in bytes. */
    private static final int MEMORY = 32 * 1024 * 1024;

    private static final Logger LOG = System.getLogger(Ingest.class.getName());
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private final Semaphore memory = new Semaphore(MEMORY);
    private final ReportSink sink;
    private final AddressKeeping keeping;
    private final Gate gate;
    private final Format format;

    Ingest(ReportSink sink, AddressKeeping keeping, Gate gate, Format format) {
        this.sink = sink;
        this.keeping = keeping;
        this.gate = gate;
        this.format = format;
    }

    @Override
    public void serve(HttpExchange exchange) throws IOException {
        String id = exchange.getRequestHeaders().getFirst("Usagestats-Report-Id");
        try {
            UUID uuid = id == null ? null : uuid(id);
            requireAcceptable(exchange);
            try (Body body = Body.read(exchange, CAP, memory)) {
                gate.pass(() -> {
                    append(report(exchange, body.bytes(), uuid));
                    (id == null ? accepted() : accepted().with("Usagestats-Ack", id)).to(exchange);
                });
            }
        } catch (Refusal refusal) {
            (id == null ? plain(refusal) : problem(refusal, id)).to(exchange);
        }
    }

    /** A web page can make its visitors post text to any address, but its browser says so. */
    private static void requireAcceptable(HttpExchange exchange) throws Refusal {
        if (!exchange.getRequestMethod().equals("POST")) {
            throw Refusal.ofRequest(403, "invalid request", "a report is sent by POST");
        }
        if (exchange.getRequestHeaders().containsKey("Origin")) {
            throw Refusal.ofRequest(403, "invalid request", "reports from web pages are not accepted");
        }
    }

    private ReceivedReport report(HttpExchange exchange, byte[] body, @Nullable UUID id) throws Refusal {
        InetAddress peer = exchange.getRemoteAddress().getAddress();
        ReceivedReport.Builder report = read(body).peer(peer.getHostAddress());
        if (id != null) {
            report.id(id);
        }
        keeping.of(peer).ifPresent(report::address);
        if (format == Format.TEXT) {
            report.path(exchange.getRequestURI().getRawPath());
        }
        return report.build();
    }

    private ReceivedReport.Builder read(byte[] body) throws Refusal {
        Instant now = Instant.now();
        return switch (format) {
            case TEXT -> TextReport.read(body, now);
            case JSON -> JsonReport.read(body, now);
        };
    }

    private void append(ReceivedReport report) throws Refusal {
        Outcome outcome;
        try {
            outcome = sink.append(List.of(report)).get(0);
        } catch (SinkFullException full) {
            LOG.log(Level.ERROR, "a report was not kept, the sink is full: {0}", full.getMessage());
            throw Refusal.ofRequest(507, "no room left", "send the report again later");
        } catch (IOException failed) {
            LOG.log(Level.ERROR, "a report was not kept: {0}", failed.toString());
            throw Refusal.ofRequest(503, "not kept", "send the report again later");
        }
        if (outcome == Outcome.CONFLICT) {
            throw Refusal.ofReport(409, "conflict", "another report with this id was received before");
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
        Answer problem = Answer.problem(refusal.status(), refusal.line());
        return refusal.reportAtFault() ? problem.with("Usagestats-Reject", id + " " + refusal.reason()) : problem;
    }

    private static UUID uuid(String id) throws Refusal {
        if (!UUID_TEXT.matcher(id).matches()) {
            throw Refusal.ofRequest(400, "invalid report id", "Usagestats-Report-Id is a UUID, 8-4-4-4-12 hex digits");
        }
        return UUID.fromString(id);
    }
}
