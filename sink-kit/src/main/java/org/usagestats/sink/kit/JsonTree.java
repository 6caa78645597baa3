package org.usagestats.sink.kit;

import java.util.List;
import java.util.Map;

/** A JSON value, read. */
sealed interface JsonTree {

    /** A string. */
    record Text(String value) implements JsonTree {}

    /** A number, {@code true}, {@code false} or {@code null}, as it was written. */
    record Literal(String written) implements JsonTree {}

    /** An array. */
    record Items(List<JsonTree> items) implements JsonTree {}

    /** An object, its members in order; of members with the same name, the last. */
    record Members(Map<String, JsonTree> members) implements JsonTree {}
}
