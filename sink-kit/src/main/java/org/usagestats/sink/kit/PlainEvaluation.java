package org.usagestats.sink.kit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryLimits;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.QueryTooLargeException;
import org.usagestats.sink.Selection;
import org.usagestats.sink.ServerField;
import org.usagestats.sink.Value;

/**
 * Answers one question by looking at every report: what a sink without a faster way uses, and what faster ways are held
 * against.
 *
 * <p>Reports are added from the oldest to the newest. Of those with the same id the first counts. What is not a JSON
 * object, or is nested deeper than 500 levels, counts as damaged; {@link QueryResult.Coverage#examined} are all others, or
 * the newest of them. Answers are exact and take memory by the number of groups, and by that of the newest reports if only
 * those are asked about. Not for use by several threads.
 *
 * <pre>{@code
 * do {
 *     // add() each report
 * } while (evaluation.again());
 * evaluation.result();
 * }</pre>
 */
public final class PlainEvaluation {

    private final JsonTrees json = new JsonTrees();
    private final Firsts firsts = new Firsts();
    private final Query query;
    private final QueryLimits limits;
    private final Extraction extraction;
    private final Deadline deadline;
    private boolean learning;
    private Grouping grouping;
    private UuidSet ids = new UuidSet();
    private @Nullable NewestReports newest;

    /**
     * Starts to answer a question, whatever it costs.
     *
     * @param query the question
     */
    public PlainEvaluation(Query query) {
        this(query, QueryLimits.NONE);
    }

    /**
     * Starts to answer a question.
     *
     * @param query the question
     * @param limits what it may cost, from now on
     */
    public PlainEvaluation(Query query, QueryLimits limits) {
        this.query = query;
        this.limits = limits;
        this.extraction = new Extraction(query, firsts);
        this.deadline = new Deadline(limits);
        this.learning = extraction.needsFirsts();
        this.grouping = new Grouping(query, limits);
        this.newest = newest();
    }

    private @Nullable NewestReports newest() {
        return query.selection().newest().isPresent()
                ? new NewestReports(query.selection().newest().getAsLong())
                : null;
    }

    /**
     * Tells whether all reports are to be added once more, from the oldest on: a question about the first reports of users
     * needs to have seen them all before.
     *
     * @return true at most once
     */
    public boolean again() {
        boolean again = learning;
        if (again) {
            learning = false;
            grouping = new Grouping(query, limits);
            ids = new UuidSet();
            newest = newest();
        }
        return again;
    }

    /**
     * Looks at a report.
     *
     * @param canonicalJson its canonical JSON object
     * @throws QueryTooLargeException if the question takes more than it may
     */
    public void add(byte[] canonicalJson) throws QueryTooLargeException {
        add(canonicalJson, 0, canonicalJson.length);
    }

    /**
     * Looks at a report within a larger array.
     *
     * @param bytes the array
     * @param offset where the report's canonical JSON object begins
     * @param length how many bytes it has
     * @throws QueryTooLargeException if the question takes more than it may
     */
    public void add(byte[] bytes, int offset, int length) throws QueryTooLargeException {
        deadline.require();
        Optional<JsonTree.Members> report = json.readObject(bytes, offset, length);
        if (report.isEmpty()) {
            grouping.damaged(1);
        } else if (isFirst(report.get())) {
            take(report.get());
        }
    }

    private void take(JsonTree.Members report) throws QueryTooLargeException {
        if (learning) {
            if (extraction.passes(report)) {
                extraction.learnFirsts(report);
            }
        } else if (newest != null) {
            newest.add(received(report), report);
        } else {
            count(report);
        }
    }

    /**
     * Counts reports that could not be read.
     *
     * @param reports how many
     */
    public void damaged(long reports) {
        grouping.damaged(reports);
    }

    /**
     * Answers the question over the reports added so far. Called once.
     *
     * @return the answer
     * @throws QueryTooLargeException if the question takes more than it may
     */
    public QueryResult result() throws QueryTooLargeException {
        if (newest != null) {
            for (JsonTree.Members report : newest.reports()) {
                count(report);
            }
        }
        return grouping.result();
    }

    private boolean isFirst(JsonTree.Members report) {
        if (!(report.members().get(ServerField.REPORT_ID) instanceof JsonTree.Text id)) {
            return true;
        }
        try {
            return ids.add(UUID.fromString(id.value()));
        } catch (IllegalArgumentException notAnId) {
            return true;
        }
    }

    private void count(JsonTree.Members report) throws QueryTooLargeException {
        grouping.examined(1);
        if (!extraction.isInPeriod(extraction.time(report)) || !extraction.passes(report)) {
            return;
        }
        Extraction.Extract extract = extraction.extract(report);
        List<List<Value>> groups = extract.groups();
        if (groups.isEmpty()) {
            grouping.withoutPath(1);
            return;
        }
        grouping.matched(1);
        for (List<Value> values : groups) {
            add(extract, grouping.group(values));
        }
    }

    private static void add(Extraction.Extract extract, Group group) {
        group.count(1);
        for (int i = 0; i < extract.distinct().size(); i++) {
            extract.distinct().get(i).forEach(group.valueSet(i)::add);
        }
        for (int i = 0; i < extract.numbers().size(); i++) {
            Numbers numbers = group.numbers(i);
            extract.numbers().get(i).forEach(number -> numbers.add(number, 1));
        }
    }

    /** When a report was received; long ago if it does not say so. */
    private Instant received(JsonTree.Members report) {
        return extraction.time(report, Selection.Clock.RECEIVED).orElse(Instant.MIN);
    }
}
