package org.usagestats.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.usagestats.sink.Outcome.CONFLICT;
import static org.usagestats.sink.Outcome.DUPLICATE;
import static org.usagestats.sink.Outcome.STORED;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.usagestats.sink.ExportableSink;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.QueryableSink;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.ReportSink;

/**
 * What every sink must do that answers questions and exports, and, if it is an {@link org.usagestats.sink.ErasableSink},
 * erases: inherit it, hand it your provider and a fresh location, and run it with JUnit.
 */
public abstract class SinkContract extends ErasureContract {

    private static final int THREADS = 8;
    private static final int REPORTS = 200;
    private static final int IDS = 400;

    /** For its subclasses. */
    protected SinkContract() {}

    @Test
    void whatIsStoredIsCountedAlsoAfterOpeningAgain() throws IOException {
        try (ReportSink sink = open()) {
            assertThat(sink.append(List.of())).isEmpty();
            assertThat(sink.append(List.of(
                            report(1, "what:a").build(), report(2, "what:b").build())))
                    .containsExactly(STORED, STORED);
            assertThat(append(sink, report(3, "what:b"))).isEqualTo(STORED);
            assertThat(rows(sink, Query.count("what"))).containsExactly(List.of("b", 2L), List.of("a", 1L));
        }
        try (ReportSink sink = open()) {
            assertThat(rows(sink, Query.count("what"))).containsExactly(List.of("b", 2L), List.of("a", 1L));
        }
    }

    @Test
    void sameIdIsADuplicateAndCountsOnceAlsoAfterOpeningAgain() throws IOException {
        try (ReportSink sink = open()) {
            assertThat(append(sink, report(1, "what:a"))).isEqualTo(STORED);
            assertThat(append(sink, report(1, "what:a").peer("192.0.2.7").path("/elsewhere")))
                    .isEqualTo(DUPLICATE);
        }
        try (ReportSink sink = open()) {
            assertThat(append(sink, report(1, "what:a"))).isEqualTo(DUPLICATE);
            assertThat(rows(sink, Query.count())).containsExactly(List.of(1L));
        }
    }

    @Test
    void sameIdWithOtherContentIsAConflictAndTheFirstStays() throws IOException {
        try (ReportSink sink = open()) {
            append(sink, report(1, "what:first"));
            assertThat(append(sink, report(1, "what:other"))).isEqualTo(CONFLICT);
        }
        try (ReportSink sink = open()) {
            assertThat(append(sink, report(1, "what:other"))).isEqualTo(CONFLICT);
            assertThat(rows(sink, Query.count("what"))).containsExactly(List.of("first", 1L));
        }
    }

    @Test
    void textThatNamesItsUserIsKnownByItsFieldsAlsoAfterOpeningAgain() throws IOException {
        try (ReportSink sink = open()) {
            assertThat(append(sink, text(0, "date:1.500", "user:u", "what:a").peer("192.0.2.1")))
                    .isEqualTo(STORED);
        }
        try (ReportSink sink = open()) {
            assertThat(append(sink, text(3600, "date:1.500", "user:u", "what:a").peer("192.0.2.2")))
                    .isEqualTo(DUPLICATE);
            assertThat(append(sink, text(3600, "date:1.501", "user:u", "what:a").peer("192.0.2.1")))
                    .isEqualTo(STORED);
            assertThat(rows(sink, Query.count("what"))).containsExactly(List.of("a", 2L));
        }
    }

    @Test
    void textWithoutUserIsKnownForTenMinutesFromTheSameAddressOnly() throws IOException {
        try (ReportSink sink = open()) {
            assertThat(append(sink, text(0, "date:1.500").peer("192.0.2.1"))).isEqualTo(STORED);
            assertThat(append(sink, text(599, "date:1.500").peer("192.0.2.1"))).isEqualTo(DUPLICATE);
            assertThat(append(sink, text(599, "date:1.500").peer("192.0.2.2"))).isEqualTo(STORED);
            assertThat(append(sink, text(700, "date:1.500").peer("192.0.2.1"))).isEqualTo(STORED);
            assertThat(rows(sink, Query.count("date"))).containsExactly(List.of("1.500", 3L));
        }
    }

    @Test
    void jsonWithoutIdIsAlwaysStored() throws IOException {
        try (ReportSink sink = open()) {
            List<ReceivedReport> equal = List.of(
                    ReceivedReports.json(start, "\"user\":\"u\",\"n\":{\"x\":1.50}")
                            .build(),
                    ReceivedReports.json(start, "\"user\":\"u\",\"n\":{\"x\":1.50}")
                            .build());
            assertThat(sink.append(equal)).containsExactly(STORED, STORED);
            assertThat(sink.append(equal)).containsExactly(STORED, STORED);
            assertThat(rows(sink, Query.count("n.x"))).containsExactly(List.of("1.50", 4L));
        }
    }

    @Test
    void repeatsWithinOneAppendAreRecognised() throws IOException {
        try (ReportSink sink = open()) {
            List<ReceivedReport> batch = List.of(
                    report(1, "what:a").build(),
                    report(2, "what:a").build(),
                    report(1, "what:a").build(),
                    report(1, "what:b").build());
            assertThat(sink.append(batch)).containsExactly(STORED, STORED, DUPLICATE, CONFLICT);
            assertThat(rows(sink, Query.count("what"))).containsExactly(List.of("a", 2L));
        }
    }

    @Test
    void manyThreadsStoreEveryIdOnce() throws Exception {
        try (ReportSink sink = open()) {
            List<Outcome> outcomes = inManyThreads(() -> appendSomeOfTheIds(sink));

            assertThat(outcomes).hasSize(THREADS * REPORTS).doesNotContain(CONFLICT);
            long stored = outcomes.stream().filter(STORED::equals).count();
            assertThat(rows(sink, Query.count())).containsExactly(List.of(stored));
            assertThat(rows(sink, Query.count("report_id"))).hasSize((int) stored);
            assertThat(export(sink)).hasSize((int) stored);
        }
    }

    @Test
    void exportIsTheCanonicalJsonOfEachReportInOrderOfReceipt() throws IOException {
        ReceivedReport first = report(1, "what:\u00e9\t\"\\\u2028", "what:again", "server_time:forged", "no colon")
                .path("/some where")
                .address("192.0.2.1")
                .build();
        ReceivedReport second = ReceivedReports.json(start.plusSeconds(1), "\"a\":{\"b\":[1.50,null,\"\u00e9\"]}")
                .build();
        ReceivedReport third = ReceivedReports.text(start.plusSeconds(2)).build();
        try (ReportSink sink = open()) {
            sink.append(List.of(first, second));
            sink.append(List.of(third));
        }
        try (ReportSink sink = open()) {
            assertThat(export(sink)).containsExactly(json(first), json(second), json(third));
        }
    }

    @Test
    void questionsReachFlatAndNestedKeysOfAllReportsOrTheNewest() throws IOException {
        try (ReportSink sink = open()) {
            append(sink, text(0, "uname.release:6.1", "system:Linux"));
            append(sink, ReceivedReports.json(start.plusSeconds(1), "\"uname\":{\"release\":6.1},\"system\":\"BSD\""));
            append(sink, text(2, "uname.release:5.4", "system:Linux"));
            append(sink, text(3, "system:Linux"));

            assertThat(rows(sink, Query.count("uname.release")))
                    .containsExactly(List.of("6.1", 2L), List.of("5.4", 1L));
            assertThat(rows(sink, Query.count("uname$release"))).containsExactly(List.of("6.1", 1L));
            assertThat(rows(sink, Query.count("system", "uname.release")))
                    .containsExactly(
                            List.of("BSD", "6.1", 1L), List.of("Linux", "5.4", 1L), List.of("Linux", "6.1", 1L));
            QueryResult newest =
                    ((QueryableSink) sink).query(Query.count("uname.release").overNewest(2));
            assertThat(newest.columns()).containsExactly("uname.release", "count");
            assertThat(newest.texts()).containsExactly(List.of("5.4", 1L));
            assertThat(newest.coverage()).isEqualTo(new QueryResult.Coverage(2, 1, 1, 0));
            QueryResult all = ((QueryableSink) sink).query(Query.count());
            assertThat(all.columns()).containsExactly("count");
            assertThat(all.texts()).containsExactly(List.of(4L));
            assertThat(all.coverage()).isEqualTo(new QueryResult.Coverage(4, 4, 0, 0));
        }
    }

    @Test
    void unknownOptionIsRefusedByItsName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> provider().open(config(Map.of("no-such-option", "1"))))
                .withMessageContaining("no-such-option")
                .withMessageNotContaining("\n");
    }

    @Test
    void secondSinkOfTheSameInstanceIsRefusedUntilTheFirstIsClosed() throws IOException {
        try (ReportSink sink = open()) {
            assertThatIOException()
                    .isThrownBy(this::open)
                    .withMessageContaining(location())
                    .withMessageNotContaining("\n");
            assertThat(append(sink, report(1, "what:a"))).isEqualTo(STORED);
        }
        try (ReportSink sink = open()) {
            assertThat(append(sink, report(2, "what:a"))).isEqualTo(STORED);
        }
    }

    private List<Outcome> appendSomeOfTheIds(ReportSink sink) throws IOException {
        Random random = new Random();
        List<Outcome> outcomes = new ArrayList<>();
        while (outcomes.size() < REPORTS) {
            outcomes.addAll(sink.append(List.of(anyOf(random), anyOf(random))));
        }
        return outcomes;
    }

    private ReceivedReport anyOf(Random random) {
        int id = random.nextInt(IDS);
        return report(id, "what:" + id).build();
    }

    private static List<Outcome> inManyThreads(Callable<List<Outcome>> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<List<Outcome>> done : threads.invokeAll(Collections.nCopies(THREADS, work))) {
                outcomes.addAll(done.get());
            }
            return outcomes;
        } finally {
            threads.shutdown();
        }
    }

    private ReceivedReport.Builder report(int id, String... lines) {
        return ReceivedReports.text(start, lines).id(new UUID(0x4000, id));
    }

    private ReceivedReport.Builder text(int secondsLater, String... lines) {
        return ReceivedReports.text(start.plusSeconds(secondsLater), lines);
    }

    private static Outcome append(ReportSink sink, ReceivedReport.Builder report) throws IOException {
        List<Outcome> outcomes = sink.append(List.of(report.build()));
        assertThat(outcomes).hasSize(1);
        return outcomes.get(0);
    }

    private static List<List<Object>> rows(ReportSink sink, Query query) throws IOException {
        return ((QueryableSink) sink).query(query).texts();
    }

    private static List<String> export(ReportSink sink) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ((ExportableSink) sink).exportJsonLines(out);
        String lines = out.toString(StandardCharsets.UTF_8);
        assertThat(lines.isEmpty() || lines.endsWith("\n")).isTrue();
        return lines.isEmpty() ? List.of() : List.of(lines.split("\n"));
    }

    private static String json(ReceivedReport report) {
        return new String(report.json(), StandardCharsets.UTF_8);
    }
}
