package org.usagestats.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Optional;
import org.usagestats.query.AnswerFormat;
import org.usagestats.query.Question;
import org.usagestats.query.QuestionException;
import org.usagestats.query.QuestionKind;
import org.usagestats.query.QuestionReader;
import org.usagestats.sink.ExportableSink;
import org.usagestats.sink.ReportSink;
import org.usagestats.sink.Selection;

/** Hands out the reports of a selection, as lines of JSON or as a table: {@code GET /v1/export}. */
final class ExportEndpoint implements Endpoint {

    private static final Logger LOG = System.getLogger(ExportEndpoint.class.getName());
    private static final int BUFFER = 64 * 1024;
    private static final int AT_ONCE = 4;

    private final Gate few = new Gate(AT_ONCE);
    private final ReportSink sink;

    ExportEndpoint(ReportSink sink) {
        this.sink = sink;
    }

    @Override
    public void serve(HttpExchange exchange) throws Refusal, IOException {
        Question question = question(exchange);
        AnswerFormat format = question.format().isPresent()
                ? question.format().get()
                : Accepted.format(exchange, QuestionKind.EXPORT.formats());
        if (!(sink instanceof ExportableSink exportable)) {
            throw Refusal.ofRequest(422, "this sink hands out no reports", "choose one that does");
        }
        few.pass(() -> {
            exchange.getResponseHeaders().set("Content-Type", format.mediaType());
            Answer.protect(exchange);
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(200, -1);
            } else {
                exchange.sendResponseHeaders(200, 0);
                write(exportable, question.query().selection(), format, exchange.getResponseBody());
            }
            exchange.close();
        });
    }

    private static Question question(HttpExchange exchange) throws Refusal {
        String parameters =
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        try {
            return new QuestionReader(QuestionKind.EXPORT, Instant.now()).fromAddress(parameters);
        } catch (QuestionException wrong) {
            throw new Refusal(wrong);
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

    /** Reads twice, for the columns and for the rows; what is received meanwhile is left out both times. */
    private static void csv(ExportableSink sink, Selection selection, OutputStream out) throws IOException {
        Instant now = Instant.now();
        Selection untilNow =
                selection.clock() == Selection.Clock.RECEIVED ? selection.to(earlier(selection, now)) : selection;
        CsvTable table = new CsvTable(out);
        sink.exportJsonLines(untilNow, new Lines(table::addColumns));
        table.writeHeader();
        sink.exportJsonLines(untilNow, new Lines(table::writeRow));
    }

    private static Instant earlier(Selection selection, Instant now) {
        return selection.to().filter(end -> end.isBefore(now)).orElse(now);
    }
}
