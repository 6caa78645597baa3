package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usagestats.sink.jsonl.Sample.DAY;
import static org.usagestats.sink.jsonl.Sample.NOON;
import static org.usagestats.sink.jsonl.Sample.exported;
import static org.usagestats.sink.jsonl.Sample.jsonOf;
import static org.usagestats.sink.jsonl.Sample.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.sink.Durability;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryLimits;
import org.usagestats.sink.testkit.FaultyDisk;
import org.usagestats.testkit.Await;

/** Segments that are sealed are compressed, and everybody reads them as before. */
class CompressionTest {

    private static final int REPORTS = 60;
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration NEVER = Duration.ofHours(1);

    private CompressedLog log;

    @BeforeEach
    void begin(@TempDir Path root) {
        log = new CompressedLog(root);
    }

    @Test
    void whatIsSealedIsCompressedAndReadAsBefore() throws Exception {
        try (JsonlSink sink = log.open("web1", Duration.ofMillis(15), Form.GZIP)) {
            for (int number = 1; number <= REPORTS; number++) {
                sink.append(List.of(report(number)));
                assertThat(exported(sink)).hasSize(number);
                assertThat(CompressedLog.count(sink)).isEqualTo(number);
            }
            Await.until(
                    "all that is sealed is compressed", LONG, () -> log.plain().size() == 1);
            assertThat(exported(sink)).isEqualTo(jsonOf(1, REPORTS));
            assertThat(CompressedLog.count(sink)).isEqualTo(REPORTS);
            assertThat(sink.plainly(Query.count(), QueryLimits.NONE)).isEqualTo(sink.query(Query.count()));
            assertThat(log.inspected()).isEqualTo(jsonOf(1, REPORTS));
            assertThat(log.tail(25)).isEqualTo(jsonOf(REPORTS - 24, REPORTS));
        }
        assertThat(log.compressed()).hasSizeGreaterThan(5);
        try (JsonlSink sink = log.open("web1", NEVER, Form.PLAIN)) {
            assertThat(exported(sink)).isEqualTo(jsonOf(1, REPORTS));
            assertThat(CompressedLog.count(sink)).isEqualTo(REPORTS);
            assertThat(sink.append(List.of(report(1), report(REPORTS), report(REPORTS + 1))))
                    .containsExactly(Outcome.DUPLICATE, Outcome.DUPLICATE, Outcome.STORED);
        }
    }

    @Test
    void instancesThatShareADirectoryCompressEachOthersSegments() throws Exception {
        log.fill("gone", 1, REPORTS);
        try (JsonlSink one = log.open("web1", Duration.ofMillis(15), Form.GZIP);
                JsonlSink two = log.open("web2", Duration.ofMillis(15), Form.GZIP)) {
            for (int number = REPORTS + 1; number <= 3 * REPORTS; number++) {
                (number % 2 == 0 ? one : two).append(List.of(report(number)));
            }
            Await.until(
                    "all that is sealed is compressed", LONG, () -> log.plain().size() == 3);
            assertThat(exported(one)).containsExactlyInAnyOrderElementsOf(jsonOf(1, 3 * REPORTS));
            assertThat(exported(two)).isEqualTo(exported(one));
            assertThat(CompressedLog.count(two)).isEqualTo(3 * REPORTS);
        }
        assertThat(log.inspected()).hasSize(3 * REPORTS);
        assertThat(log.damage()).isEmpty();
        assertThat(log.layout().twins()).isEmpty();
    }

    @Test
    void everyByteIsKeptAlsoOfLinesThatAreDamaged() throws IOException {
        log.fill("web1", REPORTS);
        Path first = log.plain().get(0);
        byte[] bytes = Files.readAllBytes(first);
        bytes[bytes.length / 2] ^= 4;
        Files.write(first, bytes);
        Files.writeString(first, "{\"torn\":", StandardOpenOption.APPEND);
        List<byte[]> before = log.contents();
        List<String> served = log.inspected();

        log.compress("web1", new FaultyDisk());

        assertThat(log.plain()).hasSize(1);
        assertThat(log.contents()).containsExactlyElementsOf(before);
        assertThat(log.inspected()).isEqualTo(served).hasSize(REPORTS - 1);
    }

    @Test
    void whatMayStillBeWrittenIsNotCompressed() throws IOException {
        log.fill("web1", REPORTS);
        log.fill("web2", 101, 120);
        Path byHand = Files.writeString(log.root().resolve(DAY).resolve("by-hand.jsonl"), "{\"n\":\"1\"}\n");

        log.compress("web1", new FaultyDisk());

        assertThat(log.plain())
                .as("the newest of each instance, and what is being put there")
                .hasSize(3)
                .contains(byHand);
    }

    @Test
    void aFileThatSomebodyHasCompressedIsRead() throws IOException {
        log.fill("web1", 3);
        log.fill("web2", 4, 6);
        for (Path file : log.plain()) {
            CompressedLog.compressByHand(file);
        }
        try (JsonlSink sink = log.open("web1", NEVER, Form.PLAIN)) {
            assertThat(exported(sink)).hasSize(6);
            assertThat(CompressedLog.count(sink)).isEqualTo(6);
            assertThat(sink.append(List.of(report(3), report(6), report(7))))
                    .containsExactly(Outcome.DUPLICATE, Outcome.DUPLICATE, Outcome.STORED);
            assertThat(exported(sink)).hasSize(7);
            assertThat(CompressedLog.count(sink)).isEqualTo(7);
        }
    }

    @Test
    void aFileThatIsCompressedWhileItIsOpenedIsFound() throws IOException {
        log.fill("web1", 3);
        Segment segment = log.layout().segments().get(0);
        byte[] plain = Sample.content(log.layout(), segment);
        byte[] content = log.layout().look(segment, file -> {
            if (Form.of(file) == Form.PLAIN) {
                CompressedLog.compressByHand(file);
            }
            try (InputStream lines = Form.of(file).open(file)) {
                return lines.readAllBytes();
            }
        });
        assertThat(content).isEqualTo(plain);
        assertThat(log.layout().exists(segment)).isTrue();
    }

    @Test
    void aSegmentThatIsThereTwiceCountsOnceAndTheNextStartLeavesOne() throws IOException {
        log.fill("web1", REPORTS);
        Path first = log.plain().get(0);
        Path twin = CompressedLog.twinOf(first);
        assertThat(log.inspected()).isEqualTo(jsonOf(1, REPORTS));

        try (JsonlSink sink = log.open("web1", NEVER, Form.PLAIN)) {
            assertThat(exported(sink)).isEqualTo(jsonOf(1, REPORTS));
            assertThat(CompressedLog.count(sink)).isEqualTo(REPORTS);
        }
        assertThat(first).exists();
        assertThat(twin).doesNotExist();
    }

    @Test
    void anErasureLeavesNothingInATwin() throws Exception {
        try (JsonlSink sink = log.open("web1", NEVER, Form.PLAIN)) {
            CompressedLog.send(sink);
        }
        try (JsonlSink sink = log.open("web2", Duration.ofMillis(15), Form.PLAIN)) {
            CompressedLog.twinOf(log.plain().get(0));
            sink.erase(CompressedLog.FORGOTTEN.erasures(10));
            log.awaitNoTraces();
            assertThat(exported(sink)).hasSize(30).allMatch(CompressedLog.OTHER::sent);
        }
    }

    @Test
    void anErasureRewritesWhatIsCompressed() throws Exception {
        try (JsonlSink sink = log.open("web1", Duration.ofMillis(15), Form.GZIP)) {
            CompressedLog.send(sink);
            Await.until(
                    "all that is sealed is compressed", LONG, () -> log.plain().size() == 1);
            int segments = log.compressed().size();
            sink.erase(CompressedLog.FORGOTTEN.erasures(10));
            assertThat(exported(sink)).hasSize(30).allMatch(CompressedLog.OTHER::sent);
            log.awaitNoTraces();
            assertThat(exported(sink)).hasSize(30).allMatch(CompressedLog.OTHER::sent);
            assertThat(log.compressed()).hasSizeGreaterThanOrEqualTo(segments);
            assertThat(sink.query(Query.count()).coverage().damaged()).isZero();
        }
    }

    /** The erasure comes to its end while the segment is being compressed. */
    @Test
    void whatIsRewrittenMeanwhileIsCompressedAgain() throws IOException {
        log.fill("web1", REPORTS);
        Path first = log.plain().get(0);
        byte[] rewritten = Files.readAllBytes(first);
        FaultyDisk disk = new FaultyDisk() {
            private boolean done;

            @Override
            public void sync(FileChannel file) throws IOException {
                if (!done) {
                    done = true;
                    Path other =
                            Files.write(log.root().resolve("other"), Arrays.copyOf(rewritten, rewritten.length / 2));
                    replace(other, first);
                }
                super.sync(file);
            }
        };
        log.compress("web1", disk);
        assertThat(first).hasSize(rewritten.length / 2);
        assertThat(log.plain()).hasSize(2);
        log.compress("web1", disk);
        assertThat(log.plain()).hasSize(1);
        assertThat(log.contents().get(0)).hasSize(rewritten.length / 2);
    }

    @Test
    void aDiskThatFailsLosesNothingAndTheNextRoundGoesOn() throws IOException {
        log.fill("web1", REPORTS);
        for (int failing = 1; log.plain().size() > 1; failing++) {
            assertThat(failing).isLessThan(500);
            FaultyDisk disk = new FaultyDisk();
            int last = failing;
            disk.failWhen(operation -> operation == last);
            log.compress("web1", disk);
            assertThat(log.inspected()).as("operation %d", failing).isEqualTo(jsonOf(1, REPORTS));
            assertThat(log.unfinished()).isEmpty();
        }
        assertThat(log.damage()).isEmpty();
    }

    @Test
    void aCloseDoesNotWaitForASegment() throws IOException {
        log.fill("web1", REPORTS);
        int before = log.plain().size();
        CountDownLatch closing = new CountDownLatch(1);
        FaultyDisk disk = new FaultyDisk() {
            @Override
            public FileChannel create(Path file) throws IOException {
                closing.countDown();
                return super.create(file);
            }
        };
        log.compression("web1", disk).bringUpToDate(new Upkeep.Round(NOON, 1000, closing));
        assertThat(log.plain()).hasSize(before);
        assertThat(log.unfinished()).isEmpty();
        assertThat(log.compressed()).isEmpty();
    }

    @Test
    void whatACrashLeftAsideIsDeletedByItsInstanceAndInTheEndByAny() throws IOException {
        log.fill("web1", 3);
        Path derived = Files.createDirectories(log.layout().derived());
        Files.writeString(derived.resolve("web1.gz.tmp"), "half");
        Files.writeString(derived.resolve("web2.gz.tmp"), "half");
        log.open("web1", NEVER, Form.PLAIN).close();
        assertThat(log.unfinished()).containsExactly(derived.resolve("web2.gz.tmp"));

        log.compress("web1", new FaultyDisk());
        assertThat(log.unfinished()).as("it may be at work").hasSize(1);
        Files.setLastModifiedTime(
                derived.resolve("web2.gz.tmp"), FileTime.from(Instant.now().minus(NEVER)));
        log.compress("web1", new FaultyDisk());
        assertThat(log.unfinished()).isEmpty();
    }

    @Test
    void anImportKnowsItsSegmentsAlsoIfTheyAreCompressed() throws IOException {
        assertThat(log.imported(REPORTS)).isEqualTo(REPORTS);
        log.compress("web1", new FaultyDisk());
        assertThat(log.plain()).isEmpty();
        assertThat(log.compressed()).hasSize(1);

        assertThat(log.imported(REPORTS)).isZero();
        assertThat(log.plain()).isEmpty();
        assertThat(log.inspected()).hasSize(REPORTS);
    }

    @Test
    void whatIsTooOldGoesAlsoIfItIsCompressed() throws IOException {
        Instant now = Instant.now();
        try (JsonlSink sink = log.open("web1", NEVER, Form.PLAIN)) {
            for (int ago = 60; ago >= 0; ago--) {
                sink.append(List.of(report(1 + ago, now.minus(Duration.ofDays(ago)))));
            }
        }
        log.compress("web1", new FaultyDisk());
        assertThat(log.compressed()).hasSize(60);
        Settings keeping = new Settings(log.layout(), "web1", Durability.OS, 1000, NEVER, Keep.of("40days"), Form.GZIP);
        new Retention(keeping, new FaultyDisk()).apply(new Upkeep.Round(now, 1, new CountDownLatch(1)).today());
        assertThat(log.compressed()).hasSize(40);
    }

    @Test
    void aTailThatFallsBehindReadsWhatWasCompressedMeanwhile() throws IOException {
        try (JsonlSink sink = log.open("web1", NEVER, Form.PLAIN);
                LogTail tail = LogTail.of(log.layout(), 0)) {
            sink.append(List.of(report(1)));
            assertThat(log.read(tail)).isEmpty();
            for (int number = 2; number <= REPORTS; number++) {
                sink.append(List.of(report(number)));
            }
            log.compress("web1", new FaultyDisk());
            assertThat(log.compressed()).hasSizeGreaterThan(5);
            assertThat(log.read(tail)).isEqualTo(jsonOf(2, REPORTS));
            assertThat(log.read(tail)).isEmpty();
        }
    }
}
