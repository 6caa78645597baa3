package org.usagestats.benchmarks.queries.programs;

import org.usagestats.sink.QueryableSink;

/** The JSON Lines sink as a collector has it open: it answers from columns. */
public final class ColumnsProgram {

    private ColumnsProgram() {}

    /**
     * Answers questions.
     *
     * @param args the sink's directory
     * @throws Exception if it cannot be read
     */
    public static void main(String[] args) throws Exception {
        try (QueryableSink sink = Sinks.open(args[0])) {
            Interview.hold(question -> Sinks.rows(sink.query(question.query())));
        }
    }
}
