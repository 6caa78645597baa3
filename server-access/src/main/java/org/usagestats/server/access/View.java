package org.usagestats.server.access;

import java.util.List;
import java.util.OptionalInt;
import org.usagestats.query.QueryAnswer;
import org.usagestats.server.http.Refusal;
import org.usagestats.sink.Metric;
import org.usagestats.sink.Query;
import org.usagestats.sink.Rows;

/**
 * How much of the reports a reader gets to see: everything, or what many users have in common. Immutable.
 *
 * <p>The privacy floor hides rows of few users; what else a viewer does not get to ask, or to know, would tell of one user all the same.
 * (Two questions whose reports differ by one user's still tell by their difference: that no floor prevents.)
 */
public final class View {

    private final OptionalInt privacyFloor;

    private View(OptionalInt privacyFloor) {
        this.privacyFloor = privacyFloor;
    }

    static View whole() {
        return new View(OptionalInt.empty());
    }

    /** That of a viewer, in rows of at least so many different users. */
    static View ofMany(int users) {
        return new View(OptionalInt.of(users));
    }

    /**
     * Tells whether it shows everything.
     *
     * @return whether so
     */
    public boolean isWhole() {
        return privacyFloor.isEmpty();
    }

    /**
     * Changes a question into one whose answer may be seen.
     *
     * @param query what a reader asks
     * @return what the sink is to be asked
     * @throws Refusal if no viewer is answered such a question
     */
    public Query of(Query query) throws Refusal {
        if (isWhole()) {
            return query;
        }
        require(query);
        Rows rows = query.rows();
        return query.withRows(rows.privacyFloor(Math.max(privacyFloor.getAsInt(), rows.privacyFloor())));
    }

    /** Refuses questions for the newest reports, whose last is one user's, and for the smallest and the greatest number. */
    private static void require(Query query) throws Refusal {
        if (query.selection().newest().isPresent()) {
            throw refusal("the newest reports");
        }
        for (Metric metric : query.metrics()) {
            if (metric instanceof Metric.Least || metric instanceof Metric.Greatest) {
                throw refusal(metric.name());
            }
        }
    }

    /**
     * Leaves out of an answer what may have been meant: it would tell a viewer the names of fields that nobody asked for.
     *
     * @param answer the sink's, to a question of this view
     * @return what may be seen of it
     */
    public QueryAnswer of(QueryAnswer answer) {
        if (isWhole()) {
            return answer;
        }
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
