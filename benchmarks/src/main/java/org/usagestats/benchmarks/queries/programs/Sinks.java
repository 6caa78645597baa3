package org.usagestats.benchmarks.queries.programs;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.usagestats.sink.Durability;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.QueryableSink;
import org.usagestats.sink.SinkConfig;
import org.usagestats.sink.jsonl.JsonlSinkProvider;

/** Opens the sink that is measured. */
final class Sinks {

    private Sinks() {}

    /** Describes the sink in a directory; each process has a name of its own there. */
    static SinkConfig config(String directory) {
        String instance = "b" + ProcessHandle.current().pid();
        return new SinkConfig(directory, Durability.ALWAYS, instance, Map.of());
    }

    static QueryableSink open(String directory) throws IOException {
        return (QueryableSink) new JsonlSinkProvider().open(config(directory));
    }

    /** The rows as an interview wants them. */
    static List<String> rows(QueryResult result) {
        return result.texts().stream()
                .map(row -> row.stream().map(String::valueOf).collect(Collectors.joining("\t")))
                .toList();
    }
}
