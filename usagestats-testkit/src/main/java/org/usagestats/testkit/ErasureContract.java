package org.usagestats.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.usagestats.sink.Outcome.DUPLICATE;
import static org.usagestats.sink.Outcome.STORED;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.usagestats.api.Erasure;
import org.usagestats.sink.Durability;
import org.usagestats.sink.ErasableSink;
import org.usagestats.sink.ExportableSink;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryableSink;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.ReportSink;
import org.usagestats.sink.SinkConfig;
import org.usagestats.sink.SinkProvider;

/** What every sink must do that erases reports; for the others nothing is tested. */
abstract class ErasureContract {

    private static final int THREADS = 4;
    private static final int OTHERS = 1000;
    private static final int THEIRS = 50;

    /** Recent, since a sink that is opened again need not recognise reports of more than 30 days ago. */
    final Instant start = Instant.now().minus(Duration.ofHours(2)).truncatedTo(ChronoUnit.MILLIS);

    ErasureContract() {}

    /**
     * The provider under test.
     *
     * @return the provider
     */
    protected abstract SinkProvider provider();

    /**
     * A place where no sink has kept anything before this test.
     *
     * @return the location to open the sink with, the same each time during one test
     */
    protected abstract String location();

    @Test
    void whoHasTheSecretErasesAReportForGood() throws IOException {
        try (ErasableSink sink = openErasable()) {
            append(
                    sink,
                    erasable(1, "what:a"),
                    erasable(2, "what:b"),
                    json(3, "\"what\":\"c\""),
                    json(4, "\"what\":\"d\""));

            sink.erase(List.of(erasure(1), erasure(3)));

            assertThat(whats(sink)).containsExactly("b", "d");
            assertThat(export(sink))
                    .contains("\"what\":\"b\"", "\"what\":\"d\"")
                    .doesNotContain("\"what\":\"a\"", "\"what\":\"c\"");
        }
        try (ErasableSink sink = openErasable()) {
            assertThat(whats(sink)).containsExactly("b", "d");
            sink.erase(List.of(erasure(1), erasure(2)));
            assertThat(whats(sink)).containsExactly("d");
        }
    }

    @Test
    void whoDoesNotHaveTheSecretErasesNothing() throws IOException {
        try (ErasableSink sink = openErasable()) {
            append(
                    sink,
                    erasable(1, "what:a"),
                    ReceivedReports.text(start, "what:b").id(id(2)).build());

            sink.erase(List.of(
                    new Erasure(id(1), erasure(2).secret()),
                    new Erasure(id(2), erasure(2).secret()),
                    new Erasure(id(1), erasure(1).hash())));
            sink.erase(List.of());

            assertThat(whats(sink)).containsExactly("a", "b");
            assertThat(append(sink, erasable(1, "what:a"))).containsExactly(DUPLICATE);
        }
    }

    @Test
    void aReportThatComesAgainAfterItsErasureIsAcknowledgedAndNotKept() throws IOException {
        try (ErasableSink sink = openErasable()) {
            append(sink, erasable(1, "what:a"), erasable(2, "what:b"));
            sink.erase(List.of(erasure(1)));

            assertThat(append(sink, erasable(1, "what:a"), erasable(1, "what:a")))
                    .containsExactly(DUPLICATE, DUPLICATE);
            sink.erase(List.of(erasure(1)));
            assertThat(append(sink, erasable(1, "what:a"))).containsExactly(DUPLICATE);
            assertThat(whats(sink)).containsExactly("b");
        }
        try (ErasableSink sink = openErasable()) {
            assertThat(whats(sink)).containsExactly("b");
        }
    }

    @Test
    void aReportThatWasUnderWayWhenItsSenderForgotIsAcknowledgedAndNotKept() throws IOException {
        try (ErasableSink sink = openErasable()) {
            sink.erase(List.of(
                    erasure(1), erasure(2), new Erasure(id(3), erasure(1).secret()), erasure(4)));

            assertThat(append(sink, erasable(1, "what:a"), json(2, "\"what\":\"b\""), erasable(3, "what:c")))
                    .containsExactly(DUPLICATE, DUPLICATE, STORED);
            assertThat(append(sink, erasable(1, "what:a"))).containsExactly(DUPLICATE);
            assertThat(append(sink, late(4, "what:d"))).containsExactly(STORED);
            assertThat(whats(sink)).containsExactly("c", "d");
        }
    }

    @Test
    void erasingOneSendersReportsWhileOthersArriveLosesNoneOfTheirs() throws Exception {
        try (ErasableSink sink = openErasable()) {
            ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);
            try {
                List<Future<Boolean>> work = new ArrayList<>();
                for (int thread = 0; thread < THREADS; thread++) {
                    work.add(threads.submit(othersArrive(sink, thread)));
                }
                for (int number = 0; number < THEIRS; number++) {
                    append(sink, erasable(number, "what:theirs"));
                    sink.erase(List.of(erasure(number), erasure(number + 1)));
                    assertThat(((QueryableSink) sink)
                                    .query(Query.count())
                                    .coverage()
                                    .damaged())
                            .isZero();
                }
                for (Future<Boolean> done : work) {
                    assertThat(done.get()).isTrue();
                }
            } finally {
                threads.shutdown();
            }
            assertThat(counts(sink)).containsExactly(List.of("others", (long) OTHERS));
        }
        try (ErasableSink sink = openErasable()) {
            assertThat(counts(sink)).containsExactly(List.of("others", (long) OTHERS));
        }
    }

    private Callable<Boolean> othersArrive(ReportSink sink, int thread) {
        return () -> {
            for (int number = thread; number < OTHERS; number += THREADS) {
                assertThat(append(sink, erasable(10_000 + number, "what:others")))
                        .containsExactly(STORED);
            }
            return true;
        };
    }

    final ReportSink open() throws IOException {
        return provider().open(config(Map.of()));
    }

    final SinkConfig config(Map<String, String> options) {
        return new SinkConfig(location(), Durability.ALWAYS, "contract", options);
    }

    private ErasableSink openErasable() throws IOException {
        ReportSink sink = open();
        if (sink instanceof ErasableSink erasable) {
            return erasable;
        }
        sink.close();
        assumeTrue(false, "this sink erases nothing");
        throw new IllegalStateException("not reached");
    }

    private static UUID id(int number) {
        return new UUID(0x4000, number);
    }

    private static Erasure erasure(int number) {
        return new Erasure(id(number), String.format(Locale.ROOT, "%064x", number));
    }

    private ReceivedReport erasable(int number, String... lines) {
        return ReceivedReports.text(start, lines)
                .id(id(number))
                .eraseHash(erasure(number).hash())
                .build();
    }

    private ReceivedReport json(int number, String fields) {
        return ReceivedReports.json(start, fields)
                .id(id(number))
                .eraseHash(erasure(number).hash())
                .build();
    }

    private static ReceivedReport late(int number, String line) {
        return ReceivedReports.text(Instant.now().plus(Duration.ofMinutes(11)), line)
                .id(id(number))
                .eraseHash(erasure(number).hash())
                .build();
    }

    private static List<Outcome> append(ReportSink sink, ReceivedReport... reports) throws IOException {
        return sink.append(List.of(reports));
    }

    private static List<List<Object>> counts(ReportSink sink) throws IOException {
        return ((QueryableSink) sink).query(Query.count("what")).texts();
    }

    private static List<Object> whats(ReportSink sink) throws IOException {
        return counts(sink).stream().map(row -> row.get(0)).sorted().toList();
    }

    private static String export(ReportSink sink) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ((ExportableSink) sink).exportJsonLines(out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
