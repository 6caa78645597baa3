package org.usagestats.sink;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A field that some reports have: a key at the top of them.
 *
 * @param name the key
 * @param kinds what its values are
 * @param reports how many reports have it
 * @param values how many different values it has
 * @param firstSeen when the first report with it was received, to the millisecond, if that is known
 * @param lastSeen when the last one was
 */
public record SeenField(
        String name,
        Set<Value.Kind> kinds,
        long reports,
        long values,
        Optional<Instant> firstSeen,
        Optional<Instant> lastSeen) {}
