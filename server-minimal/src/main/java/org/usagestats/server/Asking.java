package org.usagestats.server;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.usagestats.query.QueryAnswer;
import org.usagestats.query.QueryJson;
import org.usagestats.server.http.EntityTag;
import org.usagestats.server.http.Refusal;
import org.usagestats.server.http.Turns;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryLimits;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.QueryTooLargeException;
import org.usagestats.sink.QueryableSink;
import org.usagestats.sink.ReportSink;
import org.usagestats.sink.SeenField;

/** Puts questions to the sink, a few at a time and within limits. Safe for use by several threads. */
final class Asking {

    private static final Logger LOG = System.getLogger(Asking.class.getName());

    private final ReportSink sink;
    private final QueryLimits limits;
    private final Turns turns;
    private final Metrics metrics;

    /** What is asked of a sink. */
    private interface Wish<T> {
        T of(QueryableSink sink) throws IOException;
    }

    Asking(ReportSink sink, QueryLimits limits, Metrics metrics) {
        this.sink = sink;
        this.limits = limits;
        this.turns = new Turns(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), limits.time());
        this.metrics = metrics;
    }

    /** Answers a question, with warnings of what it may have wrong. */
    QueryAnswer answer(Query query) throws Refusal, IOException {
        Instant asked = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        QueryAnswer answer = turns.take(() -> {
            long start = System.nanoTime();
            QueryResult result = wish(from -> from.query(query, limits));
            List<QueryAnswer.Warning> warnings = UnknownPaths.suspected(query, result)
                    ? UnknownPaths.warnings(query, wish(from -> from.fields(limits)))
                    : List.of();
            return new QueryAnswer(query, result, asked, Duration.ofNanos(System.nanoTime() - start), warnings);
        });
        metrics.queried();
        return answer;
    }

    /** Lists the fields that reports have. */
    List<SeenField> fields() throws Refusal, IOException {
        List<SeenField> fields = turns.take(() -> wish(from -> from.fields(limits)));
        metrics.queried();
        return fields;
    }

    /**
     * The tag of an answer to a question; empty if the sink does not name what it keeps. An answer says until when it is complete:
     * so its tag lasts for a day at the most, besides what a period says.
     *
     * @param form what the answer is like, beside what is asked
     */
    Optional<String> tag(Query query, String form) throws Refusal {
        LocalDate today = LocalDate.now(query.selection().zone());
        return tag(form + "\n" + today + "\n" + QueryJson.write(query));
    }

    /** The tag of an answer that depends on nothing but what is kept. */
    Optional<String> tag(String answer) throws Refusal {
        return wish(QueryableSink::position).map(kept -> EntityTag.of(kept + "\n" + Main.version() + "\n" + answer));
    }

    private <T> T wish(Wish<T> wish) throws Refusal {
        if (!(sink instanceof QueryableSink queryable)) {
            throw Refusal.ofRequest(422, "this sink cannot count", "choose one that answers questions");
        }
        try {
            return wish.of(queryable);
        } catch (QueryTooLargeException tooMuch) {
            int status = tooMuch.limit() == QueryTooLargeException.Limit.TIME ? 503 : 422;
            throw Refusal.ofRequest(status, String.valueOf(tooMuch.getMessage()), "");
        } catch (IOException failed) {
            LOG.log(Level.ERROR, "a question was not answered: {0}", failed.toString());
            throw Refusal.ofRequest(503, "the reports cannot be read", "the collector's log says why");
        }
    }
}
