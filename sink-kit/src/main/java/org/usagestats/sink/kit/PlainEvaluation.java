package org.usagestats.sink.kit;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.ServerField;

/**
 * Answers one question by looking at every report: what a sink without a faster way uses, and what faster ways are held
 * against.
 *
 * <p>Reports are added from the oldest to the newest. Of those with the same id the first counts. What is not a JSON
 * object, or is nested deeper than 500 levels, counts as damaged; {@link QueryResult#examined} are all others that the
 * question is about, each either matched or without the path. Counts are exact and take memory by the number of groups.
 * Not for use by several threads.
 */
public final class PlainEvaluation {

    private final JsonTrees json = new JsonTrees();
    private final UuidSet ids = new UuidSet();
    private final Tally all = new Tally();
    private final List<String> dimensions;
    private final List<FieldPath> paths;
    private final @Nullable NewestReports newest;
    private long damaged;

    /**
     * Starts to answer a question.
     *
     * @param query the question
     */
    public PlainEvaluation(Query query) {
        this.dimensions = query.groupBy();
        this.paths = dimensions.stream().map(FieldPath::new).toList();
        this.newest =
                query.newest().isPresent() ? new NewestReports(query.newest().getAsLong()) : null;
    }

    /**
     * Looks at a report.
     *
     * @param canonicalJson its canonical JSON object
     */
    public void add(byte[] canonicalJson) {
        add(canonicalJson, 0, canonicalJson.length);
    }

    /**
     * Looks at a report within a larger array.
     *
     * @param bytes the array
     * @param offset where the report's canonical JSON object begins
     * @param length how many bytes it has
     */
    public void add(byte[] bytes, int offset, int length) {
        Optional<JsonTree.Members> report = json.readObject(bytes, offset, length);
        if (report.isEmpty()) {
            damaged++;
        } else if (isFirst(report.get())) {
            count(report.get());
        }
    }

    /**
     * Counts reports that could not be read.
     *
     * @param reports how many
     */
    public void damaged(long reports) {
        damaged += reports;
    }

    /**
     * Answers the question over the reports added so far.
     *
     * @return the answer
     */
    public QueryResult result() {
        Tally tally = newest == null ? all : newest.tally();
        return tally.result(dimensions, damaged);
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

    private void count(JsonTree.Members report) {
        if (newest == null) {
            all.add(valuesOf(report));
        } else {
            newest.add(received(report), valuesOf(report));
        }
    }

    private @Nullable List<String> valuesOf(JsonTree.Members report) {
        List<String> values = new ArrayList<>(paths.size());
        for (FieldPath path : paths) {
            Optional<JsonTree> value = path.find(report);
            if (value.isEmpty()) {
                return null;
            }
            values.add(json.textOf(value.get()));
        }
        return values;
    }

    /** When a report was received; long ago if it does not say so. */
    private static Instant received(JsonTree.Members report) {
        if (!(report.members().get(ServerField.SERVER_TIME) instanceof JsonTree.Text time)) {
            return Instant.MIN;
        }
        try {
            return Instant.parse(time.value());
        } catch (DateTimeException notATime) {
            return Instant.MIN;
        }
    }
}
