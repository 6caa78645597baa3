package org.usagestats.sink;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where a sink keeps reports, and how.
 *
 * @param location what follows the sink's name in {@code --sink NAME:LOCATION}: a directory, or whatever the sink says
 * @param durability what its success means
 * @param instance this collector's name among those that share the location: 1 to 32 characters out of
 *     {@code a-z 0-9 -}
 * @param options what the sink alone understands, by name
 */
public record SinkConfig(String location, Durability durability, String instance, Map<String, String> options) {

    /**
     * Checks the instance's name and copies the options.
     *
     * @throws IllegalArgumentException if the name of the instance is not of the form above
     */
    public SinkConfig {
        if (!instance.matches("[a-z0-9-]{1,32}")) {
            throw new IllegalArgumentException(
                    "an instance is named by 1 to 32 of the characters a-z, 0-9 and -, not \"" + instance + "\"");
        }
        options = Map.copyOf(options);
    }

    /**
     * Refuses options that the sink does not know.
     *
     * @param known the names of all options the sink has
     * @throws IllegalArgumentException if there is another, naming it and those it has
     */
    public void requireOptionsAmong(Set<String> known) {
        Set<String> unknown = new TreeSet<>(options.keySet());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("the sink has no option " + String.join(", ", unknown)
                    + (known.isEmpty() ? "; it has none" : "; it has " + String.join(", ", new TreeSet<>(known))));
        }
    }
}
