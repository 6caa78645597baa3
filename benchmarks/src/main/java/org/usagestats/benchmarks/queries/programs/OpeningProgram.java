package org.usagestats.benchmarks.queries.programs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.usagestats.benchmarks.queries.Question;
import org.usagestats.sink.Dimension;
import org.usagestats.sink.Metric;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryableSink;
import org.usagestats.sink.Span;

/** Opens the sink and asks for the first time: prints lines with a word and a number. */
public final class OpeningProgram {

    private static final int AGAIN = 3;
    private static final long BYTES_SETTLE = 1 << 12;

    /** After so many seconds a sink has done what it does in the background when it was opened. */
    private static final long SETTLED = 2;

    private OpeningProgram() {}

    /**
     * Prints {@code open} and {@code first}, the nanoseconds since the start until the sink was open and until the first answer. Then
     * opens it again and again and prints {@code load}, the nanoseconds by which the first answers took longer than later ones;
     * once {@code seen} and {@code columns}, the bytes that telling reports from their repetitions and the columns take.
     *
     * @param args the sink's directory, how often to open it again, and the string fields to ask for beside the day
     * @throws Exception if it cannot be read
     */
    public static void main(String[] args) throws Exception {
        long start = System.nanoTime();
        try (QueryableSink sink = Sinks.open(args[0])) {
            print("open", System.nanoTime() - start);
            sink.query(Question.ONE_KEY.query());
            print("first", System.nanoTime() - start);
        }
        List<Query> queries = queries(List.of(args).subList(2, args.length));
        if (!queries.isEmpty()) {
            weigh(args[0], queries);
        }
        for (int left = Integer.parseInt(args[1]); left > 0; left--) {
            print("load", load(args[0], queries));
        }
    }

    private static List<Query> queries(List<String> fields) {
        List<Query> queries = new ArrayList<>();
        fields.forEach(field -> queries.add(Query.of(List.of(), new Metric.Distinct(field))));
        if (!queries.isEmpty()) {
            queries.add(Query.of(List.of(new Dimension.Time(Span.DAY)), new Metric.Count()));
        }
        return queries;
    }

    private static long load(String directory, List<Query> queries) throws IOException {
        try (QueryableSink sink = Sinks.open(directory)) {
            sink.query(Query.of(List.of(), new Metric.Count()));
            long nanos = 0;
            for (Query query : queries) {
                long first = nanos(sink, query);
                long later = Long.MAX_VALUE;
                for (int left = AGAIN; left > 0; left--) {
                    later = Math.min(later, nanos(sink, query));
                }
                nanos += first - later;
            }
            return nanos;
        }
    }

    private static long nanos(QueryableSink sink, Query query) throws IOException {
        long start = System.nanoTime();
        sink.query(query);
        return System.nanoTime() - start;
    }

    private static void weigh(String directory, List<Query> queries) throws IOException, InterruptedException {
        try (QueryableSink sink = Sinks.open(directory)) {
            TimeUnit.SECONDS.sleep(SETTLED);
            long open = used();
            sink.query(Query.of(List.of(), new Metric.Count()));
            long seen = used();
            for (Query query : queries) {
                sink.query(query);
            }
            print("seen", seen - open);
            print("columns", used() - seen);
        }
    }

    /** What is in use when nothing more can be freed. */
    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        long before = Long.MAX_VALUE;
        while (true) {
            System.gc();
            long used = runtime.totalMemory() - runtime.freeMemory();
            if (used > before - BYTES_SETTLE) {
                return used;
            }
            before = used;
        }
    }

    private static void print(String word, long number) {
        System.out.println(word + " " + number);
    }
}
