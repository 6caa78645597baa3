package org.usagestats.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.usagestats.server.http.Answer;
import org.usagestats.server.http.Body;
import org.usagestats.server.http.Endpoint;
import org.usagestats.server.http.Gate;
import org.usagestats.server.http.Json;
import org.usagestats.server.http.Refusal;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.ReceivedReport;

/**
 * Accepts many JSON reports at once, one a line, and answers for each: {@code POST /v1/reports}.
 *
 * <p>A {@link BatchLine} a line; blank lines are passed over. The answer is {@code {"results":[…]}} with an object a line, in
 * their order: {@code result} is {@code stored}, {@code duplicate}, {@code conflict}, {@code rejected} or {@code retry};
 * {@code id} is there if the line has one, {@code detail} says in one line why a report is not kept. The status is 200 when
 * nothing needs to be sent again; it is 503 or 507 when the sink failed, and then every line that is not {@code rejected} is
 * {@code retry}. A batch that is refused as a whole is answered with a problem document, and nothing of it is kept.
 */
final class Batch implements Endpoint {

    private static final int MOST_LINES = 10_000;
    private static final Body.Cap CAP = new Body.Cap("batch", 8 * 1024 * 1024);

    /** What the big batches together may take, in bytes: their bodies, their reports' bodies and canonical forms. */
    private static final int MEMORY = 32 * 1024 * 1024;

    private static final int MADE_OF_A_BYTE = 2;

    private final Semaphore memory = new Semaphore(MEMORY);
    private final Intake intake;
    private final Gate gate;
    private final Metrics metrics;

    /** A line and what it came to: a report, or why there is none. */
    private record Item(Optional<String> id, Optional<ReceivedReport> report, String rejected) {}

    Batch(Intake intake, Gate gate, Metrics metrics) {
        this.intake = intake;
        this.gate = gate;
        this.metrics = metrics;
    }

    @Override
    public void serve(HttpExchange exchange) throws IOException {
        try {
            take(exchange);
        } catch (Refusal refusal) {
            metrics.refused(refusal);
            refusal.problem().to(exchange);
        }
    }

    private void take(HttpExchange exchange) throws Refusal, IOException {
        intake.requireAcceptable(exchange);
        if (exchange.getRequestHeaders().containsKey("Usagestats-Report-Id")) {
            throw Refusal.ofRequest(400, "a batch has no report id", "the id of each report stands in its line");
        }
        intake.requireWithinLimit(exchange);
        try (Body body = Body.read(exchange, CAP, memory)) {
            metrics.received(body.sent());
            body.reserve(MADE_OF_A_BYTE);
            gate.pass(() -> answer(items(exchange, lines(body.bytes()))).to(exchange));
        }
    }

    private static List<ByteBuffer> lines(byte[] batch) throws Refusal {
        List<ByteBuffer> lines = new ArrayList<>();
        int start = 0;
        for (int end = 0; end <= batch.length; end++) {
            if (end == batch.length || batch[end] == '\n') {
                if (!isBlank(batch, start, end)) {
                    requireRoom(lines.size());
                    lines.add(ByteBuffer.wrap(batch, start, end - start));
                }
                start = end + 1;
            }
        }
        if (lines.isEmpty()) {
            throw Refusal.ofRequest(400, "no report", "a batch has a line for each report");
        }
        return lines;
    }

    private static boolean isBlank(byte[] batch, int start, int end) {
        int next = start;
        while (next < end && (batch[next] == ' ' || batch[next] == '\t' || batch[next] == '\r')) {
            next++;
        }
        return next == end;
    }

    private static void requireRoom(int lines) throws Refusal {
        if (lines == MOST_LINES) {
            throw Refusal.ofReport(413, "batch too big", "at most " + MOST_LINES + " lines");
        }
    }

    private List<Item> items(HttpExchange exchange, List<ByteBuffer> lines) {
        Instant now = Instant.now();
        List<Item> items = new ArrayList<>(lines.size());
        for (ByteBuffer line : lines) {
            items.add(item(exchange, line, now));
        }
        return items;
    }

    private Item item(HttpExchange exchange, ByteBuffer utf8, Instant now) {
        Optional<String> id = Optional.empty();
        try {
            BatchLine line = BatchLine.read(utf8);
            id = line.id();
            return new Item(id, Optional.of(intake.received(exchange, line.report(now))), "");
        } catch (Refusal rejected) {
            metrics.refused(rejected);
            return new Item(id, Optional.empty(), rejected.line());
        }
    }

    private Answer answer(List<Item> items) {
        List<ReceivedReport> reports = new ArrayList<>();
        items.forEach(item -> item.report.ifPresent(reports::add));
        try {
            Iterator<Outcome> outcomes = append(reports).iterator();
            return answer(200, items, item -> result(item, outcomes.next()));
        } catch (Refusal notKept) {
            return answer(notKept.status(), items, item -> result("retry", item, notKept.line()))
                    .with("Retry-After", Answer.RETRY_SECONDS);
        }
    }

    private List<Outcome> append(List<ReceivedReport> reports) throws Refusal {
        return reports.isEmpty() ? List.of() : intake.append(reports);
    }

    private static Answer answer(int status, List<Item> items, Function<Item, Map<String, String>> ofReport) {
        List<Map<String, String>> results = new ArrayList<>(items.size());
        for (Item item : items) {
            results.add(item.report.isPresent() ? ofReport.apply(item) : result("rejected", item, item.rejected));
        }
        return Answer.json(status, Json.line(Map.of("results", results)) + "\n");
    }

    private static Map<String, String> result(Item item, Outcome outcome) {
        return switch (outcome) {
            case STORED -> result("stored", item, "");
            case DUPLICATE -> result("duplicate", item, "");
            case CONFLICT -> result("conflict", item, Intake.CONFLICT);
        };
    }

    private static Map<String, String> result(String result, Item item, String detail) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("result", result);
        item.id.ifPresent(id -> members.put("id", id));
        if (!detail.isEmpty()) {
            members.put("detail", detail);
        }
        return members;
    }
}
