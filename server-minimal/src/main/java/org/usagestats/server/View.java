package org.usagestats.server;

import java.util.List;
import org.usagestats.query.QueryAnswer;
import org.usagestats.server.http.Refusal;
import org.usagestats.sink.Metric;
import org.usagestats.sink.Query;

/**
 * What a viewer does not get to ask, or to know. The privacy floor hides rows of few users; these would tell of one user all the same.
 * (Two questions whose reports differ by one user's still tell by their difference: that no floor prevents.)
 */
final class View {

    private View() {}

    /** Refuses questions for the newest reports, whose last is one user's, and for the smallest and the greatest number. */
    static void require(Query query) throws Refusal {
        if (query.selection().newest().isPresent()) {
            throw refusal("the newest reports");
        }
        for (Metric metric : query.metrics()) {
            if (metric instanceof Metric.Least || metric instanceof Metric.Greatest) {
                throw refusal(metric.name());
            }
        }
    }

    /** An answer without what may have been meant: it would tell a viewer the names of fields that nobody asked for. */
    static QueryAnswer of(QueryAnswer answer) {
        List<QueryAnswer.Warning> warnings = answer.warnings().stream()
                .map(warning -> new QueryAnswer.Warning(warning.code(), warning.detail(), ""))
                .toList();
        return new QueryAnswer(answer.query(), answer.result(), answer.asked(), answer.took(), warnings);
    }

    private static Refusal refusal(String asked) {
        return Refusal.ofRequest(
                403, "not in this view", asked + " could be one user's: that needs a token with the scope query");
    }
}
