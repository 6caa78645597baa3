package org.usagestats.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.usagestats.server.http.Refusal;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.ReportSink;
import org.usagestats.sink.SinkFullException;

/** What all ways in have in common: whose reports are taken, what is noted of their sender, and how they reach the sink. */
final class Intake {

    /** What is wrong with a report whose outcome is a conflict. */
    static final String CONFLICT = "another report with this id was received before";

    private static final Logger LOG = System.getLogger(Intake.class.getName());
    private static final Pattern HASH_TEXT = Pattern.compile("[0-9a-f]{64}");

    private final ReportSink sink;
    private final Terms terms;
    private final Metrics metrics;

    Intake(ReportSink sink, Terms terms, Metrics metrics) {
        this.sink = sink;
        this.terms = terms;
        this.metrics = metrics;
    }

    /** Refuses what is no report, or comes from those who may not send any. */
    void requireAcceptable(HttpExchange exchange) throws Refusal {
        if (!exchange.getRequestMethod().equals("POST")) {
            throw Refusal.ofRequest(403, "invalid request", "a report is sent by POST");
        }
        terms.access().requireSender(exchange);
    }

    /** Refuses what its network has sent too much of; only for those who can come again. */
    void requireWithinLimit(HttpExchange exchange) throws Refusal {
        terms.requireWithinLimit(terms.access().sender(exchange));
    }

    /**
     * Reads the id of a report.
     *
     * @param name what the client calls the id
     */
    static UUID id(String text, String name) throws Refusal {
        try {
            UUID id = UUID.fromString(text);
            if (id.toString().equalsIgnoreCase(text)) { // the JDK also reads one without its zeros
                return id;
            }
        } catch (IllegalArgumentException notAnId) {
            throw invalidId(name);
        }
        throw invalidId(name);
    }

    private static Refusal invalidId(String name) {
        return Refusal.ofRequest(400, "invalid report id", name + " is a UUID, 8-4-4-4-12 hex digits");
    }

    /**
     * Reads the hash by which a report can be erased.
     *
     * @param id the report's id, without which it cannot
     * @param name what the client calls the hash
     */
    static String eraseHash(String text, @Nullable UUID id, String name) throws Refusal {
        if (id == null) {
            throw Refusal.ofReport(400, "erase hash without report id", name + " needs a report id beside it");
        }
        if (!HASH_TEXT.matcher(text).matches()) {
            throw Refusal.ofReport(400, "invalid erase hash", name + " is 64 lower-case hexadecimal digits");
        }
        return text;
    }

    /** The report as it came from this sender. */
    ReceivedReport received(HttpExchange exchange, ReceivedReport.Builder report) {
        InetAddress peer = terms.access().sender(exchange);
        terms.keeping().of(peer).ifPresent(report::address);
        return report.peer(peer.getHostAddress()).build();
    }

    /**
     * Hands reports to the sink and waits until it has them.
     *
     * @return what became of each
     * @throws Refusal if it cannot be said that they are kept, with status 503 or 507
     */
    List<Outcome> append(List<ReceivedReport> reports) throws Refusal {
        long start = System.nanoTime();
        try {
            List<Outcome> outcomes = sink.append(reports);
            metrics.appended(outcomes, since(start));
            return outcomes;
        } catch (SinkFullException full) {
            metrics.appendFailed(since(start));
            LOG.log(Level.ERROR, "{0} not kept, the sink is full: {1}", count(reports), full.getMessage());
            throw Refusal.ofRequest(507, "no room left", "send the report again later");
        } catch (IOException failed) {
            metrics.appendFailed(since(start));
            LOG.log(Level.ERROR, "{0} not kept: {1}", count(reports), failed.toString());
            throw Refusal.ofRequest(503, "not kept", "send the report again later");
        } catch (RuntimeException brokenSink) {
            metrics.appendFailed(since(start));
            throw brokenSink;
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static String count(List<ReceivedReport> reports) {
        return reports.size() == 1 ? "a report was" : reports.size() + " reports were";
    }
}
