package org.usagestats.sink.kit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryLimits;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.QueryTooLargeException;
import org.usagestats.sink.Value;

/**
 * The groups of a question, gathered from reports by whichever way; makes its answer. Not for use by several threads; each
 * may gather its own and one add them all.
 */
public final class Grouping {

    private final Query query;
    private final QueryLimits limits;
    private final Measures measures;
    private final Map<List<Value>, Group> groups = new HashMap<>();
    private long examined;
    private long matched;
    private long withoutPath;
    private long damaged;

    /**
     * Starts with no group.
     *
     * @param query the question
     * @param limits how many groups there may be
     */
    public Grouping(Query query, QueryLimits limits) {
        this.query = query;
        this.limits = limits;
        this.measures = Measures.of(query);
    }

    /**
     * Finds a group, or begins it.
     *
     * @param values the value of each dimension
     * @return the group, to add to
     * @throws QueryTooLargeException if this would be one group too many
     */
    public Group group(List<Value> values) throws QueryTooLargeException {
        Group group = groups.get(values);
        if (group == null) {
            if (groups.size() >= limits.groups()) {
                throw QueryTooLargeException.tooManyGroups(limits);
            }
            group = new Group(measures);
            groups.put(List.copyOf(values), group);
        }
        return group;
    }

    /**
     * Counts reports that the question is about, before its filter and period.
     *
     * @param reports how many
     */
    public void examined(long reports) {
        examined += reports;
    }

    /**
     * Counts reports that stand in at least one group, each once.
     *
     * @param reports how many
     */
    public void matched(long reports) {
        matched += reports;
    }

    /**
     * Counts reports that the filter and the period let pass, and that have no value for some dimension.
     *
     * @param reports how many
     */
    public void withoutPath(long reports) {
        withoutPath += reports;
    }

    /**
     * Counts reports that cannot be read.
     *
     * @param reports how many
     */
    public void damaged(long reports) {
        damaged += reports;
    }

    /**
     * Adds what another has gathered for the same question.
     *
     * @param other the other, not used again
     * @throws QueryTooLargeException if these are too many groups together
     */
    public void addAll(Grouping other) throws QueryTooLargeException {
        for (Map.Entry<List<Value>, Group> entry : other.groups.entrySet()) {
            group(entry.getKey()).addAll(entry.getValue());
        }
        examined += other.examined;
        matched += other.matched;
        withoutPath += other.withoutPath;
        damaged += other.damaged;
    }

    /**
     * Makes the answer.
     *
     * @return the answer to the question over all that was gathered
     * @throws QueryTooLargeException if filling gaps would make too many rows
     */
    public QueryResult result() throws QueryTooLargeException {
        if (query.groupBy().isEmpty()) {
            group(List.of());
        }
        QueryResult.Coverage coverage = new QueryResult.Coverage(examined, matched, withoutPath, damaged);
        return new Tabulation(query, limits, groups, coverage).result();
    }
}
