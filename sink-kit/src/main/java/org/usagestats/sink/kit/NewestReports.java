package org.usagestats.sink.kit;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The newest of the reports it was given, by the time of receipt and then by the order in which it was given them. */
final class NewestReports {

    private record Entry(
            Instant received, long number, @Nullable List<String> values) {}

    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparing(Entry::received).thenComparingLong(Entry::number));
    private final long limit;
    private long added;

    NewestReports(long limit) {
        this.limit = limit;
    }

    void add(Instant received, @Nullable List<String> values) {
        entries.add(new Entry(received, added++, values));
        if (entries.size() > limit) {
            entries.remove();
        }
    }

    Tally tally() {
        Tally tally = new Tally();
        entries.forEach(entry -> tally.add(entry.values()));
        return tally;
    }
}
