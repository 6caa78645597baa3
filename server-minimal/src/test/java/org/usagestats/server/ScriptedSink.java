package org.usagestats.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryLimits;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.QueryableSink;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.SeenField;
import org.usagestats.sink.Value;

/** Answers every question as it was told, and remembers the last. */
final class ScriptedSink implements QueryableSink {

    volatile Query asked;
    volatile QueryLimits limits;
    volatile IOException failure;
    volatile QueryResult answer = answer(new QueryResult.Coverage(0, 0, 0, 0));
    volatile Optional<String> position = Optional.empty();
    volatile List<String> fields = List.of();

    /** What a sink answers; the endpoint takes the names of the columns from the question. */
    static QueryResult answer(QueryResult.Coverage coverage, QueryResult.Row... rows) {
        long groups = Stream.of(rows).filter(row -> !row.values().isEmpty()).count();
        return answer(coverage, new QueryResult.Groups(groups, 0, 0, 0, Optional.empty()), rows);
    }

    static QueryResult answer(QueryResult.Coverage coverage, QueryResult.Groups groups, QueryResult.Row... rows) {
        return new QueryResult(List.of(), List.of(rows), coverage, groups);
    }

    static QueryResult.Row row(long count, String... values) {
        return new QueryResult.Row(Stream.of(values).map(Value::string).toList(), List.of(count));
    }

    @Override
    public QueryResult query(Query query, QueryLimits most) throws IOException {
        asked = query;
        limits = most;
        if (failure != null) {
            throw failure;
        }
        return answer;
    }

    @Override
    public List<SeenField> fields(QueryLimits most) {
        return fields.stream()
                .map(name -> new SeenField(name, Set.of(Value.Kind.STRING), 3, 2, Optional.empty(), Optional.empty()))
                .toList();
    }

    @Override
    public Optional<String> position() {
        return position;
    }

    @Override
    public List<Outcome> append(List<ReceivedReport> reports) {
        List<Outcome> outcomes = new ArrayList<>();
        reports.forEach(report -> outcomes.add(Outcome.STORED));
        return outcomes;
    }

    @Override
    public void close() {}
}
