package org.usagestats.sink.kit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.usagestats.sink.Value;

/** Reads the fields of reports: what stands at the top of their canonical JSON. Immutable. */
public final class ReportFields {

    private final JsonTrees json = new JsonTrees();

    /** Makes one. */
    public ReportFields() {}

    /**
     * Reads a report.
     *
     * @param bytes an array in which its canonical JSON object stands
     * @param offset where the object begins
     * @param length how many bytes it has
     * @return the values by key, of a key that stands twice the last; empty if it is not a JSON object or nested deeper than
     *     500 levels
     */
    public Optional<Map<String, Value>> read(byte[] bytes, int offset, int length) {
        return json.readObject(bytes, offset, length).map(report -> {
            Map<String, Value> fields = new LinkedHashMap<>();
            report.members().forEach((key, value) -> fields.put(key, json.valueOf(value)));
            return fields;
        });
    }
}
