package org.usagestats.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.usagestats.server.http.Answer;
import org.usagestats.server.http.Endpoint;
import org.usagestats.server.http.Gate;
import org.usagestats.server.http.Refusal;
import org.usagestats.sink.ExportableSink;
import org.usagestats.sink.ReportSink;

/** Hands out all reports as JSON Lines: {@code GET /v1/download/import}. */
final class Download implements Endpoint {

    private static final Logger LOG = System.getLogger(Download.class.getName());
    private static final int BUFFER = 64 * 1024;
    private static final int AT_ONCE = 4;

    private final Gate few = new Gate(AT_ONCE);
    private final ReportSink sink;

    Download(ReportSink sink) {
        this.sink = sink;
    }

    @Override
    public void serve(HttpExchange exchange) throws Refusal, IOException {
        if (!(sink instanceof ExportableSink exportable)) {
            throw Refusal.ofRequest(422, "this sink hands out no reports", "choose one that does");
        }
        few.pass(() -> serve(exportable, exchange));
    }

    private static void serve(ExportableSink exportable, HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson");
        exchange.getResponseHeaders().set("Content-Disposition", "attachment; filename=\"reports.jsonl\"");
        Answer.protect(exchange);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(200, -1);
        } else {
            exchange.sendResponseHeaders(200, 0);
            write(exportable, new BufferedOutputStream(exchange.getResponseBody(), BUFFER));
        }
        exchange.close();
    }

    /** Writes everything or fails, and then the connection is closed in the middle, so that nobody takes a part for all. */
    private static void write(ExportableSink sink, OutputStream out) throws IOException {
        try {
            sink.exportJsonLines(out);
            out.flush();
        } catch (IOException broken) {
            LOG.log(Level.WARNING, "a download stopped before its end: {0}", broken.toString());
            throw broken;
        }
    }
}
