package org.usagestats.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.usagestats.query.AnswerFormat;
import org.usagestats.query.Question;
import org.usagestats.query.QuestionException;
import org.usagestats.query.QuestionKind;
import org.usagestats.query.QuestionReader;
import org.usagestats.server.http.Answer;
import org.usagestats.server.http.Endpoint;
import org.usagestats.server.http.Gate;
import org.usagestats.server.http.Refusal;
import org.usagestats.server.records.CsvTable;
import org.usagestats.server.records.Lines;
import org.usagestats.sink.ExportableSink;
import org.usagestats.sink.ReportSink;
import org.usagestats.sink.Selection;

/**
 * Hands out the reports of a selection, as lines of JSON or as a table: {@code GET /v1/export}. Lines can be gone on with where a
 * connection was cut, by {@code after} and the SHA-256 of the last whole line.
 */
final class ExportEndpoint implements Endpoint {

    private static final Logger LOG = System.getLogger(ExportEndpoint.class.getName());
    private static final int BUFFER = 64 * 1024;
    private static final int AT_ONCE = 4;
    private static final String AFTER = "after";

    private final Gate few = new Gate(AT_ONCE);
    private final ReportSink sink;

    ExportEndpoint(ReportSink sink) {
        this.sink = sink;
    }

    @Override
    public void serve(HttpExchange exchange) throws Refusal, IOException {
        OwnParameters parameters = OwnParameters.of(
                Set.of(AFTER), Optional.ofNullable(exchange.getRequestURI().getRawQuery()));
        Question question = question(parameters.question());
        AnswerFormat format = question.format().isPresent()
                ? question.format().get()
                : Accepted.format(exchange, QuestionKind.EXPORT.formats());
        if (!(sink instanceof ExportableSink exportable)) {
            throw Refusal.ofRequest(422, "this sink hands out no reports", "choose one that does");
        }
        Optional<String> after = parameters.own(AFTER);
        if (after.isPresent() && format == AnswerFormat.CSV) {
            throw Refusal.ofRequest(400, "after is not for tables", "lines of JSON can be gone on with: format=ndjson");
        }
        few.pass(() -> {
            exchange.getResponseHeaders().set("Content-Type", format.mediaType());
            Answer.protect(exchange);
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(200, -1);
            } else if (after.isPresent()) {
                goOn(exportable, question.query().selection(), after.get(), exchange);
            } else {
                exchange.sendResponseHeaders(200, 0);
                write(exportable, question.query().selection(), format, exchange.getResponseBody());
            }
            exchange.close();
        });
    }

    private static Question question(String parameters) throws Refusal {
        try {
            return new QuestionReader(QuestionKind.EXPORT, Instant.now()).fromAddress(parameters);
        } catch (QuestionException wrong) {
            throw Misunderstood.refusal(wrong);
        }
    }

    /** Writes what comes after the last report that the client has; the answer begins when that was found. */
    private static void goOn(ExportableSink sink, Selection selection, String last, HttpExchange exchange)
            throws Refusal, IOException {
        OutputStream out = new BufferedOutputStream(new LateBody(exchange), BUFFER);
        LinesAfter lines = new LinesAfter(last, json -> {
            out.write(json);
            out.write('\n');
        });
        try {
            sink.exportJsonLines(selection, new Lines(lines));
            lines.end();
            out.flush();
        } catch (IOException broken) {
            LOG.log(Level.WARNING, "an export stopped before its end: {0}", broken.toString());
            throw broken;
        }
    }

    /** Writes everything or fails, and then the connection is closed in the middle, so that nobody takes a part for all. */
    private static void write(ExportableSink sink, Selection selection, AnswerFormat format, OutputStream body)
            throws IOException {
        OutputStream out = new BufferedOutputStream(body, BUFFER);
        try {
            if (format == AnswerFormat.CSV) {
                csv(sink, selection, out);
            } else {
                sink.exportJsonLines(selection, out);
            }
            out.flush();
        } catch (IOException broken) {
            LOG.log(Level.WARNING, "an export stopped before its end: {0}", broken.toString());
            throw broken;
        }
    }

    /** What is received meanwhile is left out. */
    private static void csv(ExportableSink sink, Selection selection, OutputStream out) throws IOException {
        Instant now = Instant.now();
        Selection untilNow =
                selection.clock() == Selection.Clock.RECEIVED ? selection.to(earlier(selection, now)) : selection;
        CsvTable.write(to -> sink.exportJsonLines(untilNow, new Lines(to)), out);
    }

    private static Instant earlier(Selection selection, Instant now) {
        return selection.to().filter(end -> end.isBefore(now)).orElse(now);
    }

    /** The body of an answer that begins with its first byte, or when it is flushed. */
    private static final class LateBody extends OutputStream {

        private final HttpExchange exchange;
        private boolean begun;

        LateBody(HttpExchange exchange) {
            this.exchange = exchange;
        }

        private OutputStream body() throws IOException {
            if (!begun) {
                exchange.sendResponseHeaders(200, 0);
                begun = true;
            }
            return exchange.getResponseBody();
        }

        @Override
        public void write(int value) throws IOException {
            body().write(value);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            body().write(bytes, from, length);
        }

        @Override
        public void flush() throws IOException {
            body().flush();
        }
    }
}
