package org.usagestats.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.QueryableSink;
import org.usagestats.sink.ReportSink;

/** Counts reports: {@code GET /v1/count?group_by=PATH[,PATH…]&limit=NEWEST}. */
final class Count implements Endpoint {

    private static final Logger LOG = System.getLogger(Count.class.getName());

    private final ReportSink sink;
    private final Metrics metrics;

    Count(ReportSink sink, Metrics metrics) {
        this.sink = sink;
        this.metrics = metrics;
    }

    @Override
    public void serve(HttpExchange exchange) throws Refusal, IOException {
        Query query = CountParameters.query(exchange.getRequestURI().getRawQuery());
        if (!(sink instanceof QueryableSink queryable)) {
            throw Refusal.ofRequest(422, "this sink cannot count", "choose one that answers questions");
        }
        Answer answer = Answer.json(CountAnswer.json(query, ask(queryable, query)));
        metrics.queried();
        answer.to(exchange);
    }

    private static QueryResult ask(QueryableSink sink, Query query) throws Refusal {
        try {
            return sink.query(query);
        } catch (IOException failed) {
            LOG.log(Level.ERROR, "a question was not answered: {0}", failed.toString());
            throw Refusal.ofRequest(503, "the reports cannot be read", "the collector's log says why");
        }
    }
}
