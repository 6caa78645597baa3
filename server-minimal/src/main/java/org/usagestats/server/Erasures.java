package org.usagestats.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.usagestats.api.Erasure;
import org.usagestats.server.access.Access;
import org.usagestats.server.http.Answer;
import org.usagestats.server.http.Body;
import org.usagestats.server.http.Endpoint;
import org.usagestats.server.http.Gate;
import org.usagestats.server.http.Json;
import org.usagestats.server.http.Refusal;
import org.usagestats.server.senders.RateLimit;
import org.usagestats.sink.ErasableSink;
import org.usagestats.sink.ReportSink;

/**
 * Takes the wishes of senders to have their reports erased, one {@link Erasure} a line: {@code POST /v1/erasures}.
 *
 * <p>All lines are granted or none. The answer is the same whether there are such reports and whether the secrets are theirs:
 * {@code Usagestats-Ack: erasures <number>}.
 */
final class Erasures implements Endpoint {

    private static final Logger LOG = System.getLogger(Erasures.class.getName());
    private static final int MOST_LINES = 1000;

    /** How many lines a request costs at least: to open what a sink looks into takes longer than a look. */
    private static final int LEAST_COST = 25;

    private static final Body.Cap CAP = new Body.Cap("list of erasures", 128 * 1024);

    /** What the big bodies of this kind together may take, in bytes. */
    private static final int MEMORY = 2 * 1024 * 1024;

    private final Semaphore memory = new Semaphore(MEMORY);
    private final ReportSink sink;
    private final Access access;
    private final Gate gate;
    private final Metrics metrics;

    /** A client with 100,000 reports is done within four minutes; each wish costs the sink a look-up. */
    private final RateLimit limit =
            new RateLimit(32, new RateLimit.Rate(10_000, 500), new RateLimit.Rate(40_000, 2_000), System::nanoTime);

    Erasures(ReportSink sink, Access access, Gate gate, Metrics metrics) {
        this.sink = sink;
        this.access = access;
        this.gate = gate;
        this.metrics = metrics;
    }

    @Override
    public void serve(HttpExchange exchange) throws Refusal, IOException {
        access.requireNoForeignPage(exchange);
        try (Body body = Body.read(exchange, CAP, memory)) {
            metrics.received(body.sent());
            gate.pass(() -> answer(exchange, read(body.bytes())).to(exchange));
        }
    }

    static List<Erasure> read(byte[] body) throws Refusal {
        List<Erasure> erasures = new ArrayList<>();
        int number = 0;
        for (String line : new String(body, StandardCharsets.ISO_8859_1).split("\r?\n", -1)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            if (erasures.size() == MOST_LINES) {
                throw Refusal.ofRequest(413, "list of erasures too long", "at most " + MOST_LINES + " lines");
            }
            erasures.add(read(line, number));
        }
        if (erasures.isEmpty()) {
            throw Refusal.ofRequest(400, "no erasure", "each is a line: a report's id, a space, and its secret");
        }
        return erasures;
    }

    private static Erasure read(String line, int number) throws Refusal {
        try {
            return Erasure.parse(line);
        } catch (IllegalArgumentException malformed) {
            throw Refusal.ofRequest(
                    400,
                    "line " + number + " is no erasure",
                    "a report's id in lower case, a space, and 64 lower-case hexadecimal digits");
        }
    }

    private Answer answer(HttpExchange exchange, List<Erasure> erasures) throws Refusal {
        if (!(sink instanceof ErasableSink erasable)) {
            throw Refusal.ofRequest(501, "this sink erases nothing", "ask the collector's operator");
        }
        Duration wait = limit.take(access.sender(exchange), Math.max(LEAST_COST, erasures.size()));
        if (!wait.isZero()) {
            metrics.erasuresPutOff(erasures.size());
            throw Refusal.later("too many erasures", wait);
        }
        erase(erasable, erasures);
        metrics.erasuresGranted(erasures.size());
        return Answer.json(Json.line(Map.of("erasures", (long) erasures.size())) + "\n")
                .with("Usagestats-Ack", "erasures " + erasures.size());
    }

    private static void erase(ErasableSink sink, List<Erasure> erasures) throws Refusal {
        try {
            sink.erase(erasures);
        } catch (IOException failed) {
            LOG.log(Level.ERROR, "{0} erasures were not taken: {1}", erasures.size(), failed.toString());
            throw Refusal.ofRequest(503, "not taken", "send the list again later");
        }
    }
}
