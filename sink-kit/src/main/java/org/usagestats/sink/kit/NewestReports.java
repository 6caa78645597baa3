package org.usagestats.sink.kit;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The newest of the reports it was given, by the time of receipt and then by the order in which it was given them. */
final class NewestReports {

    private record Entry(Instant received, long number, JsonTree.Members report) {}

    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparing(Entry::received).thenComparingLong(Entry::number));
    private final long limit;
    private long added;

    NewestReports(long limit) {
        this.limit = limit;
    }

    void add(Instant received, JsonTree.Members report) {
        entries.add(new Entry(received, added++, report));
        if (entries.size() > limit) {
            entries.remove();
        }
    }

    List<JsonTree.Members> reports() {
        return entries.stream().map(Entry::report).toList();
    }
}
