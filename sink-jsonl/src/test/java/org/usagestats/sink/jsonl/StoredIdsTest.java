package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.sink.Durability;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.kit.IdWindow;
import org.usagestats.sink.testkit.FaultyDisk;
import org.usagestats.testkit.Await;

class StoredIdsTest {

    private static final Instant NOW = Instant.now();
    private static final int EVERY = Boolean.getBoolean("usagestats.thorough") ? 1 : 13;
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int REPORTS = 40;
    private static final Sender SENDER = new Sender("sender", 7);

    @TempDir
    Path root;

    @Test
    void aStartReadsWhatIsDerivedInPlaceOfSealedSegments() throws IOException {
        Segment segment = fill(200_000, 200).get(0);
        Path file = settings(1).layout().file(segment);
        FileTime changed = Files.getLastModifiedTime(file);
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 0, bytes.length / 2, (byte) '\n');
        Files.write(file, bytes);
        Files.setLastModifiedTime(file, changed);
        assertThat(outcomesOfAll(200)).containsOnly(Outcome.DUPLICATE);

        Files.delete(settings(1).layout().ids(segment));
        assertThat(outcomesOfAll(200)).contains(Outcome.STORED, Outcome.DUPLICATE);
    }

    @Test
    void whatIsDerivedIsThereSoonAfterASegmentIsSealed() throws Exception {
        try (JsonlSink sink = open(2000, Duration.ofMillis(15))) {
            for (int number = 0; number < REPORTS; number++) {
                sink.append(List.of(report(number)));
            }
            List<Segment> segments = new Layout(root).segments();
            Await.until(
                    "all but the open segment have it",
                    LONG,
                    () -> reportsIn(segments).equals(countsIn(segments.subList(0, segments.size() - 1))));
        }
    }

    @Test
    void allOfItCanBeDeletedAndIsMadeAnew() throws IOException {
        List<Segment> segments = fill(2000, REPORTS);
        assertThat(segments).hasSizeGreaterThan(5);
        Layout layout = new Layout(root);
        assertThat(outcomesOfAll(REPORTS)).containsOnly(Outcome.DUPLICATE);
        assertThat(reportsIn(segments)).isEqualTo(countsIn(segments));
        try (var files = Files.newDirectoryStream(layout.derived())) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        assertThat(outcomesOfAll(REPORTS)).containsOnly(Outcome.DUPLICATE);
        assertThat(reportsIn(segments)).isEqualTo(countsIn(segments));
        Files.writeString(layout.idKey(), "not a key");
        assertThat(outcomesOfAll(REPORTS)).containsOnly(Outcome.DUPLICATE);
        assertThat(reportsIn(segments)).isEqualTo(countsIn(segments));
    }

    @Test
    void aFileThatIsCutOrDamagedAtAnyByteIsMadeAnew() throws IOException {
        List<Segment> segments = fill(100_000, 3);
        Path file = new Layout(root).ids(segments.get(0));
        assertThat(outcomesOfAll(3)).containsOnly(Outcome.DUPLICATE);
        byte[] right = Files.readAllBytes(file);
        assertThat(right).hasSize(2 * Block.BYTES);
        for (int at = 0; at < right.length; at += EVERY) {
            byte[] damaged = right.clone();
            damaged[at] ^= 1;
            for (byte[] wrong : List.of(Arrays.copyOf(right, at), damaged)) {
                Files.write(file, wrong);
                IdWindow window = new IdWindow(IdKey.of(settings(1), new FaultyDisk()));
                new StoredIds(settings(1), new FaultyDisk(), window).addTo(window, NOW, Long.MAX_VALUE);
                for (int number = 0; number < 3; number++) {
                    assertThat(window.seen(window.fingerprint(report(number)), NOW))
                            .as("byte %d", at)
                            .contains(Outcome.DUPLICATE);
                }
                assertThat(Files.readAllBytes(file)).as("byte %d", at).isEqualTo(right);
            }
        }
    }

    @Test
    void aFileThatClaimsToBeHugeTakesNoMemory() throws IOException {
        Path file = settings(1).layout().ids(fill(100_000, 3).get(0));
        try (RandomAccessFile huge = new RandomAccessFile(file.toFile(), "rw")) {
            huge.setLength(1L << 41);
        }
        assertThat(outcomesOfAll(3)).containsOnly(Outcome.DUPLICATE);
    }

    @Test
    void aDiskThatRefusesItCostsNothingButTime() throws IOException {
        fill(2000, REPORTS);
        FaultyDisk disk = new FaultyDisk();
        IdWindow window = new IdWindow(IdKey.of(settings(1), disk));
        disk.failWhen(operation -> true);
        new StoredIds(settings(1), disk, window).addTo(window, NOW, Long.MAX_VALUE);
        for (int number = 0; number < REPORTS; number++) {
            assertThat(window.seen(window.fingerprint(report(number)), NOW)).contains(Outcome.DUPLICATE);
        }
    }

    @Test
    void aSegmentThatWasRewrittenHasItsReportsForgottenThereToo() throws Exception {
        List<Segment> segments = fill(2000, REPORTS);
        List<Integer> before = reportsIn(segments);
        try (JsonlSink sink = open(2000, Duration.ofMillis(15))) {
            List<Integer> after = new ArrayList<>(countsIn(segments));
            after.set(0, after.get(0) - 1);
            sink.erase(List.of(SENDER.erasure(1)));
            Await.until(
                    "what is derived was renewed",
                    LONG,
                    () -> reportsIn(segments).equals(after));
        }
        assertThat(before).isNotEqualTo(reportsIn(segments));
        List<Outcome> outcomes = outcomesOfAll(REPORTS);
        assertThat(outcomes).as("the erased one is refused like the others").containsOnly(Outcome.DUPLICATE);
    }

    /** How many reports each segment has. */
    private final List<Integer> counts = new ArrayList<>();

    private List<Integer> countsIn(List<Segment> segments) throws IOException {
        if (counts.isEmpty()) {
            for (Segment segment : segments) {
                counts.add(Files.readAllLines(new Layout(root).file(segment)).size());
            }
        }
        return counts;
    }

    /** How many reports are derived of each segment that has a file in order. */
    private List<Integer> reportsIn(List<Segment> segments) throws IOException {
        Layout layout = new Layout(root);
        long key = new IdWindow(IdKey.of(settings(1), new FaultyDisk()))
                .fingerprint(new UUID(0, 0), new byte[0], 0, 0)
                .identity();
        List<Integer> sizes = new ArrayList<>();
        for (Segment segment : segments) {
            try (IdFile file = IdFile.open(layout.ids(segment), IdFile.Origin.of(key, layout.file(segment)))) {
                file.forEach(pairs -> assertThat(pairs.hasRemaining()).isTrue());
                sizes.add((int) file.reports());
            } catch (IOException none) {
                continue;
            }
        }
        return sizes;
    }

    /** Stores reports and makes all that is derived. */
    private List<Segment> fill(long segmentBytes, int reports) throws IOException {
        try (JsonlSink sink = open(segmentBytes, Duration.ofHours(1))) {
            for (int number = 0; number < reports; number++) {
                assertThat(sink.append(List.of(report(number)))).containsExactly(Outcome.STORED);
            }
        }
        open(segmentBytes, Duration.ofHours(1)).close();
        return new Layout(root).segments();
    }

    /** Sends reports again after a restart. */
    private List<Outcome> outcomesOfAll(int reports) throws IOException {
        List<Outcome> outcomes = new ArrayList<>();
        try (JsonlSink sink = open(200_000, Duration.ofHours(1))) {
            for (int number = 0; number < reports; number++) {
                outcomes.addAll(sink.append(List.of(report(number))));
            }
        }
        return outcomes;
    }

    /** Long enough that 200 of them go beyond the ending by which a segment is known. */
    private static ReceivedReport report(int number) {
        byte[] body = ("date:1.000\nn:" + number + "\nx:" + "x".repeat(600) + "\n").getBytes(StandardCharsets.UTF_8);
        return ReceivedReport.text(body, NOW)
                .id(SENDER.id(number))
                .eraseHash(SENDER.erasure(number).hash())
                .build();
    }

    private JsonlSink open(long segmentBytes, Duration pace) throws IOException {
        Settings settings =
                new Settings(new Layout(root), "web1", Durability.OS, segmentBytes, pace, Keep.FOR_EVER, Form.PLAIN);
        return JsonlSink.open(settings, new FaultyDisk(), NOW);
    }

    private Settings settings(long segmentBytes) {
        return Sample.settings(root, Durability.OS, segmentBytes);
    }
}
