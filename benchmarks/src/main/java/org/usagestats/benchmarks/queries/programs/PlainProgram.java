package org.usagestats.benchmarks.queries.programs;

import org.usagestats.sink.QueryLimits;
import org.usagestats.sink.SinkConfig;
import org.usagestats.sink.jsonl.JsonlSinkProvider;

/** The JSON Lines sink as {@code usagestats-server query} has it, not open: it reads every line, and keeps nothing. */
public final class PlainProgram {

    private PlainProgram() {}

    /**
     * Answers questions.
     *
     * @param args a directory with days, and in them files of any origin
     * @throws Exception if it cannot be read
     */
    public static void main(String[] args) throws Exception {
        JsonlSinkProvider provider = new JsonlSinkProvider();
        SinkConfig config = Sinks.config(args[0]);
        Interview.hold(question -> Sinks.rows(provider.query(config, question.query(), QueryLimits.NONE)));
    }
}
