package org.usagestats.sink.columns;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.usagestats.sink.Value;
import org.usagestats.sink.kit.ReportFields;

/** Reads as JSON what a {@link MemberScanner} has found and nobody has seen before. Not for use by several threads. */
final class MemberParser {

    private static final byte[] BEFORE_VALUE = "{\"\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] AFTER_NAME = ":0}".getBytes(StandardCharsets.US_ASCII);

    private final ReportFields parser = new ReportFields();

    /** Reads all fields of a report; empty if it is no JSON object. */
    Optional<Map<String, Value>> report(byte[] bytes, int from, int to) {
        return parser.read(bytes, from, to - from);
    }

    /** Reads the JSON of a value; empty if it is none. */
    Optional<Value> value(byte[] bytes, int from, int to) {
        byte[] alone = new byte[BEFORE_VALUE.length + to - from + 1];
        System.arraycopy(BEFORE_VALUE, 0, alone, 0, BEFORE_VALUE.length);
        System.arraycopy(bytes, from, alone, BEFORE_VALUE.length, to - from);
        alone[alone.length - 1] = '}';
        return report(alone, 0, alone.length).filter(one -> one.size() == 1).map(one -> one.get(""));
    }

    /** Reads a name between its quotes; empty if it is none. */
    Optional<String> name(byte[] bytes, int from, int to) {
        byte[] alone = new byte[to - from + 3 + AFTER_NAME.length];
        alone[0] = '{';
        System.arraycopy(bytes, from - 1, alone, 1, to - from + 2);
        System.arraycopy(AFTER_NAME, 0, alone, to - from + 3, AFTER_NAME.length);
        return report(alone, 0, alone.length)
                .filter(one -> one.size() == 1)
                .map(one -> one.keySet().iterator().next());
    }
}
