package org.usagestats.sink.kit;

import java.nio.LongBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Hashes and their numbers, kept for a number of whole periods, each period in a table of its own that is dropped at once. */
final class HashesByPeriod {

    private final NavigableMap<Long, HashTable> tables = new TreeMap<>();
    private final long periodSeconds;
    private final int periods;

    HashesByPeriod(Duration period, int periods) {
        this.periodSeconds = period.toSeconds();
        this.periods = periods;
    }

    /** Drops what is too old at a time, then looks for a hash. */
    OptionalLong find(long hash, Instant now) {
        tables.headMap(periodOf(now) - periods).clear();
        for (HashTable table : tables.values()) {
            OptionalLong value = table.find(hash);
            if (value.isPresent()) {
                return value;
            }
        }
        return OptionalLong.empty();
    }

    void put(long hash, long value, Instant received) {
        tableOf(received).putIfAbsent(hash, value);
    }

    /** Adds pairs of a hash and its number, fastest in the order of the hashes as unsigned numbers. */
    void putAll(LongBuffer pairs, Instant received) {
        tableOf(received).putAllIfAbsent(pairs);
    }

    /** Makes room for so many more hashes of one period at once. */
    void expect(long hashes, Instant received) {
        tableOf(received).expect(hashes);
    }

    private HashTable tableOf(Instant received) {
        return tables.computeIfAbsent(periodOf(received), period -> new HashTable());
    }

    private long periodOf(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), periodSeconds);
    }
}
