package org.usagestats.dashboard;

import java.util.List;
import java.util.Optional;
import org.usagestats.sink.Dimension;
import org.usagestats.sink.Metric;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.Span;
import org.usagestats.sink.Value;

/** Questions and made-up answers. */
final class Answers {

    static final Query WEEKS = Query.of(List.of(new Dimension.Time(Span.WEEK)), new Metric.Distinct("user"));
    static final Query VERSIONS = Query.of(
            List.of(new Dimension.Time(Span.WEEK), new Dimension.Version("version", 2)), new Metric.Distinct("user"));
    static final Query SYSTEMS = Query.of(List.of(new Dimension.Part("system", 1)), new Metric.Count());
    static final Query SESSIONS = Query.of(List.of(new Dimension.Log2("session_time")), new Metric.Count());
    static final Query TOTAL = Query.of(List.of(), new Metric.Distinct("user"));
    static final Query SHARE = Query.of(List.of(), new Metric.Share());

    private Answers() {}

    static QueryResult answer(Query query, QueryResult.Row... rows) {
        return new QueryResult(
                query.columns(),
                List.of(rows),
                new QueryResult.Coverage(100, 100, 0, 0),
                new QueryResult.Groups(rows.length, 0, 0, 0, Optional.empty()));
    }

    static QueryResult.Row row(Number metric, String... values) {
        return new QueryResult.Row(List.of(values).stream().map(Answers::value).toList(), List.of(metric));
    }

    private static Value value(String text) {
        return text.equals("*") ? Value.OTHER : text.matches("\\d+") ? Value.number(text) : Value.string(text);
    }
}
