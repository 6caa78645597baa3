package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.usagestats.sink.Durability;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryLimits;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.SeenField;
import org.usagestats.sink.columns.NotIndexedException;
import org.usagestats.sink.columns.UnreadableColumnsException;
import org.usagestats.sink.kit.LocalDisk;
import org.usagestats.testkit.StrangeReports;
import org.usagestats.testkit.TemporaryFolder;

/** Whatever is kept, damaged, erased and asked: columns answer as a look at every report does. */
class ColumnQueriesProperties {

    private static final System.Logger LOG = System.getLogger("org.usagestats.sink.jsonl");

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void columnsAnswerAsTheLogDoes(@ForAll long seed) throws Exception {
        check(seed);
    }

    @SuppressWarnings("try") // the lock of an instance that goes on writing is just held
    static void check(long seed) throws IOException {
        Random random = new Random(seed);
        RandomLog log = new RandomLog(random);
        RandomQuestion questions = new RandomQuestion(random);
        try (TemporaryFolder folder = new TemporaryFolder()) {
            Path root = folder.path();
            for (String name :
                    List.of("web2-000001.jsonl", "web2-000002.jsonl", "web3-000007.jsonl", "by-hand.jsonl")) {
                if (random.nextBoolean()) {
                    log.writeSegment(root, name, random.nextInt(60));
                }
            }
            Settings settings = new Settings(
                    new Layout(root),
                    Sample.INSTANCE,
                    Durability.OS,
                    20_000,
                    random.nextInt(3) == 0 ? Duration.ofMillis(20) : Duration.ofHours(1),
                    Keep.FOR_EVER,
                    random.nextBoolean() ? Form.PLAIN : Form.GZIP);
            Files.createDirectories(settings.layout().aside());
            for (int run = 0; run < 2; run++) {
                try (InstanceLock growing = InstanceLock.take(settings.layout(), "web3");
                        JsonlSink sink = JsonlSink.open(
                                settings, new LocalDisk(), StrangeReports.START.plus(StrangeReports.PERIOD))) {
                    for (int step = 0; step < 12; step++) {
                        step(random, log, sink, root);
                        ask(questions.next(), sink, seed);
                        if (random.nextInt(4) == 0) {
                            listFields(sink, seed);
                        }
                    }
                }
            }
        }
    }

    private static void step(Random random, RandomLog log, JsonlSink sink, Path root) throws IOException {
        switch (random.nextInt(8)) {
            case 0 -> sink.erase(List.of(StrangeReports.erasure(random.nextInt(50))));
            case 1 -> harm(random, root);
            case 2 -> {
                Layout layout = new Layout(root);
                for (Segment segment : layout.segments()) {
                    if (segment.sequenceOf("web3") > 0 && Files.exists(layout.file(segment))) {
                        log.append(layout.file(segment), random.nextInt(5));
                    }
                }
            }
            case 3 -> compressOthers(root);
            default ->
                sink.append(IntStream.range(0, random.nextInt(40))
                        .<ReceivedReport>mapToObj(i -> log.report())
                        .toList());
        }
    }

    /** Compresses the sealed segments of the other instances. */
    private static void compressOthers(Path root) throws IOException {
        new Compression(
                        new Settings(
                                new Layout(root),
                                "web4",
                                Durability.OS,
                                20_000,
                                Duration.ofHours(1),
                                Keep.FOR_EVER,
                                Form.GZIP),
                        new LocalDisk())
                .bringUpToDate(new Upkeep.Round(StrangeReports.START, 1, new CountDownLatch(1)));
    }

    /** Deletes, cuts or changes a file of columns. */
    private static void harm(Random random, Path root) throws IOException {
        Path derived = new Layout(root).derived();
        if (Files.isDirectory(derived)) {
            try (Stream<Path> files = Files.list(derived)) {
                List<Path> columns = files.filter(file -> file.toString().endsWith(".columns"))
                        .sorted()
                        .toList();
                if (!columns.isEmpty()) {
                    harmFile(random, columns.get(random.nextInt(columns.size())));
                }
            }
        }
    }

    private static void harmFile(Random random, Path file) throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException deletedMeanwhile) {
            LOG.log(System.Logger.Level.DEBUG, "{0} was deleted by an erasure", file);
            return;
        }
        switch (random.nextInt(3)) {
            case 0 -> Files.deleteIfExists(file);
            case 1 -> Files.write(file, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
            default -> {
                int at = random.nextInt(bytes.length);
                bytes[at] = (byte) (bytes[at] ^ (1 << random.nextInt(8)));
                Files.write(file, bytes);
            }
        }
    }

    private static void ask(Query query, JsonlSink sink, long seed) throws IOException {
        assertThat(answer(query, sink)).as("seed %s: %s", seed, query).isEqualTo(sink.plainly(query, QueryLimits.NONE));
    }

    private static void listFields(JsonlSink sink, long seed) throws IOException {
        List<SeenField> fields;
        try {
            fields = sink.fieldsFromColumns(QueryLimits.NONE);
        } catch (NotIndexedException | UnreadableColumnsException erasing) {
            LOG.log(System.Logger.Level.DEBUG, "reports are being erased: {0}", erasing.getMessage());
            fields = sink.fields(QueryLimits.NONE);
        }
        assertThat(fields).as("seed %s: fields", seed).isEqualTo(sink.plainFields(QueryLimits.NONE));
    }

    /** From columns, but while reports are being erased. */
    private static QueryResult answer(Query query, JsonlSink sink) throws IOException {
        try {
            return sink.fromColumns(query, QueryLimits.NONE);
        } catch (NotIndexedException | UnreadableColumnsException erasing) {
            LOG.log(System.Logger.Level.DEBUG, "reports are being erased: {0}", erasing.getMessage());
            return sink.query(query, QueryLimits.NONE);
        }
    }
}
