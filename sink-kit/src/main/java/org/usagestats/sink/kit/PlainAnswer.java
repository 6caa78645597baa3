package org.usagestats.sink.kit;

import java.io.IOException;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryLimits;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.QueryTooLargeException;
import org.usagestats.sink.ReadableSinkProvider;
import org.usagestats.sink.ReportTaker;
import org.usagestats.sink.SinkConfig;

/** Answers a question about a sink that is not open. */
public final class PlainAnswer {

    private PlainAnswer() {}

    /**
     * Answers a question over all reports that can be read.
     *
     * @param sinks what reads them
     * @param config where they are
     * @param query the question
     * @param limits what it may cost
     * @return the answer
     * @throws IOException if the reports cannot be read, or the question takes more than it may
     */
    public static QueryResult of(ReadableSinkProvider sinks, SinkConfig config, Query query, QueryLimits limits)
            throws IOException {
        PlainEvaluation evaluation = new PlainEvaluation(query, limits);
        do {
            sinks.read(config, new ReportTaker() {
                @Override
                public void report(Place place, byte[] json) throws QueryTooLargeException {
                    evaluation.add(json);
                }

                @Override
                public void damage(Place place, String reason) {
                    evaluation.damaged(1);
                }
            });
        } while (evaluation.again());
        return evaluation.result();
    }
}
