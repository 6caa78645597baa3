package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.usagestats.sink.jsonl.Sample.NOON;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.sink.Dimension;
import org.usagestats.sink.Durability;
import org.usagestats.sink.Metric;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryLimits;
import org.usagestats.sink.QueryTooLargeException;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.columns.Costs;
import org.usagestats.sink.columns.NotIndexedException;
import org.usagestats.sink.columns.Workers;
import org.usagestats.sink.kit.LocalDisk;
import org.usagestats.sink.testkit.FaultyDisk;
import org.usagestats.testkit.Await;

/** Columns are made when they are needed, kept as long as they fit, and never needed. */
class ColumnQueriesTest {

    private static final Query BY_N = Query.count("n");

    @TempDir
    private Path root;

    private JsonlSink open(Duration pace) throws IOException {
        Settings settings =
                new Settings(new Layout(root), Sample.INSTANCE, Durability.OS, 1000, pace, Keep.FOR_EVER, Form.PLAIN);
        return JsonlSink.open(settings, new LocalDisk(), NOON);
    }

    private JsonlSink open() throws IOException {
        return open(Duration.ofHours(1));
    }

    private static List<ReceivedReport> reports(int from, int to) {
        return IntStream.range(from, to).mapToObj(Sample::report).toList();
    }

    private static void appendOneByOne(JsonlSink sink, int from, int to) throws IOException {
        for (ReceivedReport report : reports(from, to)) {
            sink.append(List.of(report));
        }
    }

    private List<Path> columns() throws IOException {
        Path derived = new Layout(root).derived();
        if (Files.notExists(derived)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(derived)) {
            return files.filter(file -> file.toString().endsWith(".columns"))
                    .sorted()
                    .toList();
        }
    }

    private static void assertAnswersAsTheLogDoes(JsonlSink sink, Query query) throws IOException {
        assertThat(sink.fromColumns(query, QueryLimits.NONE)).isEqualTo(sink.plainly(query, QueryLimits.NONE));
    }

    @Test
    void aReportIsInTheNextAnswer() throws IOException {
        try (JsonlSink sink = open()) {
            for (int number = 0; number < 50; number++) {
                sink.append(List.of(Sample.report(number)));
                assertThat(sink.fromColumns(BY_N, QueryLimits.NONE).coverage().matched())
                        .isEqualTo(number + 1);
            }
        }
    }

    @Test
    void aReportOfAnotherInstanceIsInTheNextAnswer() throws IOException {
        Settings other = new Settings(
                new Layout(root), "web2", Durability.OS, 1 << 20, Duration.ofHours(1), Keep.FOR_EVER, Form.PLAIN);
        try (JsonlSink sink = open();
                JsonlSink second = JsonlSink.open(other, new LocalDisk(), NOON)) {
            for (int number = 0; number < 30; number++) {
                (number % 2 == 0 ? sink : second).append(List.of(Sample.report(number)));
                second.append(List.of(Sample.report(0)));
                assertThat(sink.fromColumns(BY_N, QueryLimits.NONE).coverage().examined())
                        .isEqualTo(number + 1);
            }
        }
    }

    @Test
    void sealedSegmentsGetFilesInTheBackground() throws Exception {
        try (JsonlSink sink = open(Duration.ofMillis(20))) {
            appendOneByOne(sink, 0, 40);
            Await.until(
                    "each but the open segment has columns",
                    Duration.ofMinutes(1),
                    () -> columns().size() == new Layout(root).segments().size() - 1);
            assertAnswersAsTheLogDoes(sink, BY_N);
        }
    }

    @Test
    void filesThatAreDamagedCutOrOfAnotherVersionAreMadeAnew() throws IOException {
        try (JsonlSink sink = open()) {
            appendOneByOne(sink, 0, 60);
        }
        try (JsonlSink sink = open()) {
            assertAnswersAsTheLogDoes(sink, BY_N);
        }
        List<Path> files = columns();
        assertThat(files).hasSizeGreaterThan(5);
        byte[] first = Files.readAllBytes(files.get(0));
        Files.write(files.get(0), new byte[0]);
        Files.write(files.get(1), Arrays.copyOf(first, first.length - 1));
        Files.write(files.get(2), first);
        byte[] version = Files.readAllBytes(files.get(3));
        version[version.length - 1] ^= 1;
        Files.write(files.get(3), version);
        byte[] section = Files.readAllBytes(files.get(4));
        section[3] ^= 1;
        Files.write(files.get(4), section);
        Files.delete(files.get(5));
        try (JsonlSink sink = open()) {
            assertAnswersAsTheLogDoes(sink, BY_N);
        }
        assertThat(columns()).isEqualTo(files);
        assertThat(Files.readAllBytes(files.get(0))).isEqualTo(first);
    }

    @Test
    void filesDeletedBetweenTwoQuestionsDoNotMatter() throws IOException {
        try (JsonlSink sink = open()) {
            appendOneByOne(sink, 0, 60);
        }
        try (JsonlSink sink = open()) {
            assertAnswersAsTheLogDoes(sink, BY_N);
            for (Path file : columns()) {
                Files.delete(file);
            }
            assertAnswersAsTheLogDoes(sink, Query.count("n", "no.such"));
            assertAnswersAsTheLogDoes(sink, Query.of(List.of(), new Metric.Distinct("n")));
        }
    }

    @Test
    void theLogAnswersWhereNoFilesCanBeWritten() throws IOException {
        try (JsonlSink sink = open()) {
            appendOneByOne(sink, 0, 40);
        }
        Settings settings = new Settings(
                new Layout(root), Sample.INSTANCE, Durability.OS, 1000, Duration.ofHours(1), Keep.FOR_EVER, Form.PLAIN);
        FaultyDisk noColumns = new FaultyDisk() {
            @Override
            public FileChannel create(Path file) throws IOException {
                if (file.toString().endsWith(".columns.tmp")) {
                    throw new IOException("no space left on device");
                }
                return super.create(file);
            }
        };
        try (JsonlSink sink = JsonlSink.open(settings, noColumns, NOON)) {
            assertThatThrownBy(() -> sink.fromColumns(BY_N, QueryLimits.NONE)).isInstanceOf(NotIndexedException.class);
            assertThat(sink.query(BY_N, QueryLimits.NONE).coverage().matched()).isEqualTo(40);
        }
    }

    @Test
    void whatReportsHaveBeyondAThousandKeysIsAnsweredFromTheLog() throws IOException {
        String many = IntStream.range(0, 1500).mapToObj(i -> "k" + i + ":" + i).collect(Collectors.joining("\n"));
        try (JsonlSink sink = open()) {
            sink.append(List.of(Sample.report(new UUID(0, 1), many, NOON)));
            assertAnswersAsTheLogDoes(sink, Query.count("k7"));
            assertThatThrownBy(() -> sink.fromColumns(Query.count("k1400"), QueryLimits.NONE))
                    .isInstanceOf(NotIndexedException.class);
            assertThat(sink.query(Query.count("k1400"), QueryLimits.NONE)
                            .coverage()
                            .matched())
                    .isEqualTo(1);
        }
    }

    @Test
    void idsAndTimesAsFieldsAreAnsweredFromTheLog() throws IOException {
        try (JsonlSink sink = open()) {
            appendOneByOne(sink, 0, 3);
            for (String path : List.of("report_id", "server_time", "date", "submitted_erase", "/report_id")) {
                assertThatThrownBy(() -> sink.fromColumns(Query.count(path), QueryLimits.NONE))
                        .isInstanceOf(NotIndexedException.class);
                assertThat(sink.query(Query.count(path), QueryLimits.NONE))
                        .isEqualTo(sink.plainly(Query.count(path), QueryLimits.NONE));
            }
        }
    }

    @Test
    void aQuestionOfTooManyGroupsOrTooLittleTimeIsRefused() throws IOException {
        try (JsonlSink sink = open()) {
            appendOneByOne(sink, 0, 20);
            assertThatThrownBy(() -> sink.query(BY_N, new QueryLimits(Duration.ofMinutes(1), 10)))
                    .isInstanceOf(QueryTooLargeException.class);
            assertThatThrownBy(() -> sink.query(BY_N, new QueryLimits(Duration.ZERO, 1000)))
                    .isInstanceOf(QueryTooLargeException.class);
        }
    }

    @Test
    void whatEarlierRunsHaveLeftIsMadeAtTheStartBeforeAnybodyAsks() throws Exception {
        try (JsonlSink sink = open()) {
            appendOneByOne(sink, 0, 60);
        }
        assertThat(columns()).isEmpty();
        int segments = new Layout(root).segments().size();
        assertThat(segments).isGreaterThan(3);

        try (JsonlSink sink = open()) {
            Await.until(
                    "columns of all segments but the newest",
                    Duration.ofMinutes(1),
                    () -> columns().size() == segments - 1);
            assertThat(sink.fromColumns(BY_N, QueryLimits.NONE).coverage().matched())
                    .isEqualTo(60);
        }
    }

    @Test
    void aQuestionThatCannotWaitForColumnsIsToldToComeAgain() throws IOException {
        try (JsonlSink sink = open()) {
            appendOneByOne(sink, 0, 60);
        }
        Settings settings = new Settings(
                new Layout(root), Sample.INSTANCE, Durability.OS, 1000, Duration.ofHours(1), Keep.FOR_EVER, Form.PLAIN);
        Frontier all = new Frontier(1000, Long.MAX_VALUE);
        try (Workers workers = new Workers("test", 1, () -> false)) {
            ColumnIndex index = new ColumnIndex(settings, new LocalDisk(), workers);
            Costs noTime = new Costs(new QueryLimits(Duration.ZERO, 1));

            assertThatThrownBy(() -> index.upTo(all, noTime))
                    .isInstanceOf(QueryTooLargeException.class)
                    .hasMessageEndingWith("ask again in a while");
            index.bringUpToDate(1000);
            assertThat(index.upTo(all, noTime))
                    .hasSize(new Layout(root).segments().size());
        }
    }

    @Test
    void aDimensionOfManyValuesIsCountedExactly() throws IOException {
        try (JsonlSink sink = open()) {
            for (int number = 0; number < 2000; number += 100) {
                sink.append(reports(number, number + 100));
            }
            assertAnswersAsTheLogDoes(
                    sink,
                    Query.of(List.of(new Dimension.Field("n"), new Dimension.Lower("n")), new Metric.Distinct("n")));
        }
    }
}
