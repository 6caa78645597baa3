package org.usagestats.sink.kit;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.usagestats.sink.Value;

/** When each value of some fields was seen first. */
final class Firsts {

    private final Map<String, Map<Value, Instant>> byPath = new HashMap<>();

    void learn(String path, List<Value> values, Instant time) {
        Map<Value, Instant> known = byPath.computeIfAbsent(path, first -> new HashMap<>());
        values.forEach(value -> known.merge(value, time, (left, right) -> left.isBefore(right) ? left : right));
    }

    /** The first times of those values that were learnt. */
    Stream<Instant> times(String path, List<Value> values) {
        Map<Value, Instant> known = byPath.getOrDefault(path, Map.of());
        return values.stream().flatMap(value -> Stream.ofNullable(known.get(value)));
    }
}
