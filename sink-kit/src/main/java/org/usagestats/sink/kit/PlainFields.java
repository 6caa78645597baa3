package org.usagestats.sink.kit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.usagestats.sink.QueryLimits;
import org.usagestats.sink.QueryTooLargeException;
import org.usagestats.sink.SeenField;
import org.usagestats.sink.Selection;
import org.usagestats.sink.ServerField;
import org.usagestats.sink.Value;

/**
 * Lists the fields of reports by looking at every report. Each counts, also one that stands twice. Takes memory by the number
 * of fields and of their values. Not for use by several threads.
 */
public final class PlainFields {

    private static final Set<String> NOT_LISTED = Set.of(
            ServerField.REPORT_ID,
            ServerField.SERVER_TIME,
            ServerField.SUBMITTED_ERASE,
            ServerField.CHECKSUM,
            ReportTime.DATE);

    /**
     * Tells whether a key is one of those that nearly every report has, with a value of its own.
     *
     * @param key a key at the top of reports
     * @return whether it is left out of the list
     */
    public static boolean isLeftOut(String key) {
        return NOT_LISTED.contains(key);
    }

    private final JsonTrees json = new JsonTrees();
    private final Deadline deadline;
    private final Map<String, Seen> fields = new TreeMap<>();

    private static final class Seen {
        private final Set<Value.Kind> kinds = EnumSet.noneOf(Value.Kind.class);
        private final Set<Value> values = new HashSet<>();
        private @Nullable Instant first;
        private @Nullable Instant last;
        private long reports;

        void add(Value value, Optional<Instant> received) {
            kinds.add(value.kind());
            values.add(value);
            reports++;
            received.filter(time -> first == null || time.isBefore(first)).ifPresent(time -> first = time);
            received.filter(time -> last == null || time.isAfter(last)).ifPresent(time -> last = time);
        }

        SeenField named(String name) {
            return new SeenField(
                    name, kinds, reports, values.size(), Optional.ofNullable(first), Optional.ofNullable(last));
        }
    }

    /**
     * Starts with no field.
     *
     * @param limits how long looking may take, from now on
     */
    public PlainFields(QueryLimits limits) {
        this.deadline = new Deadline(limits);
    }

    /**
     * Looks at a report; does nothing if it cannot be read.
     *
     * @param canonicalJson its canonical JSON object
     * @throws QueryTooLargeException if this takes too long
     */
    public void add(byte[] canonicalJson) throws QueryTooLargeException {
        add(canonicalJson, 0, canonicalJson.length);
    }

    /**
     * Looks at a report within a larger array; does nothing if it cannot be read.
     *
     * @param bytes the array
     * @param offset where the report's canonical JSON object begins
     * @param length how many bytes it has
     * @throws QueryTooLargeException if this takes too long
     */
    public void add(byte[] bytes, int offset, int length) throws QueryTooLargeException {
        deadline.require();
        json.readObject(bytes, offset, length).ifPresent(this::add);
    }

    private void add(JsonTree.Members report) {
        Optional<Instant> received = Optional.ofNullable(report.members().get(ServerField.SERVER_TIME))
                .flatMap(time -> ReportTime.read(Selection.Clock.RECEIVED, json.valueOf(time)))
                .map(time -> time.truncatedTo(ChronoUnit.MILLIS));
        report.members().forEach((name, value) -> {
            if (!isLeftOut(name)) {
                fields.computeIfAbsent(name, unseen -> new Seen()).add(json.valueOf(value), received);
            }
        });
    }

    /**
     * Lists the fields.
     *
     * @return the fields, by name
     */
    public List<SeenField> fields() {
        return fields.entrySet().stream()
                .map(field -> field.getValue().named(field.getKey()))
                .toList();
    }
}
