package org.usagestats.sink.kit;

import java.util.List;
import java.util.Optional;
import org.usagestats.sink.Value;

/** Takes arrays and objects apart. */
final class Elements {

    private static final JsonTrees JSON = new JsonTrees();

    private Elements() {}

    /** The different elements of an array, in order; of anything else, itself. */
    static List<Value> of(Value value) {
        return array(value)
                .map(array ->
                        array.items().stream().map(JSON::valueOf).distinct().toList())
                .orElse(List.of(value));
    }

    private static Optional<JsonTree.Items> array(Value value) {
        return value.kind() == Value.Kind.JSON && value.text().startsWith("[")
                ? JSON.read(value.text()).map(JsonTree.Items.class::cast)
                : Optional.empty();
    }

    /** Tells whether an array has an element, or an object a key, of this text. */
    static boolean has(Value value, String text) {
        return value.kind() == Value.Kind.JSON
                && JSON.read(value.text()).filter(tree -> has(tree, text)).isPresent();
    }

    private static boolean has(JsonTree tree, String text) {
        if (tree instanceof JsonTree.Members object) {
            return object.members().containsKey(text);
        }
        return tree instanceof JsonTree.Items array
                && array.items().stream().anyMatch(item -> JSON.textOf(item).equals(text));
    }
}
