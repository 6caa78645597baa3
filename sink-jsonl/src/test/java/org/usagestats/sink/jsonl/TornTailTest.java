package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usagestats.sink.jsonl.Sample.DAY;
import static org.usagestats.sink.jsonl.Sample.exported;
import static org.usagestats.sink.jsonl.Sample.jsonOf;
import static org.usagestats.sink.jsonl.Sample.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.testkit.FaultyDisk;

class TornTailTest {

    private static final int REPORTS = Boolean.getBoolean("usagestats.thorough") ? 60 : 10;
    private static final String NAME = "web1-000001.jsonl";

    @TempDir
    Path root;

    private Path segment;
    private Path quarantine;
    private byte[] whole;
    private List<Integer> ends;

    @BeforeEach
    void writeASegment() throws IOException {
        try (JsonlSink sink = Sample.open(root)) {
            for (int number = 1; number <= REPORTS; number++) {
                sink.append(List.of(report(number)));
            }
        }
        segment = root.resolve(DAY).resolve(NAME);
        quarantine = root.resolve("_usagestats").resolve("quarantine");
        whole = Files.readAllBytes(segment);
        ends = new ArrayList<>();
        for (int i = 0; i < whole.length; i++) {
            if (whole[i] == '\n') {
                ends.add(i + 1);
            }
        }
        assertThat(ends).hasSize(REPORTS);
    }

    @Test
    void whereverASegmentIsCutAllWholeReportsStayAndNewOnesAreWhole() throws IOException {
        for (int length = 0; length < whole.length; length++) {
            Files.write(segment, Arrays.copyOf(whole, length));
            checkRecovery(length, new byte[0]);
        }
    }

    @Test
    void rubbishAtTheEndIsSetAside() throws IOException {
        Random random = new Random(20260301);
        for (int round = 0; round < 200; round++) {
            int length = random.nextInt(whole.length);
            byte[] rubbish = new byte[1 + random.nextInt(4096)];
            if (random.nextBoolean()) {
                random.nextBytes(rubbish);
            }
            byte[] content = Arrays.copyOf(whole, length + rubbish.length);
            System.arraycopy(rubbish, 0, content, length, rubbish.length);
            Files.write(segment, content);
            checkRecovery(length, rubbish);
        }
    }

    /** Opens the segment cut at a length, with rubbish behind, and leaves the directory as if it was never opened. */
    private void checkRecovery(int length, byte[] rubbish) throws IOException {
        int kept = (int) ends.stream().filter(end -> end <= length).count();
        int end = kept == 0 ? 0 : ends.get(kept - 1);
        List<String> expected = new ArrayList<>(jsonOf(1, kept));
        try (JsonlSink sink = Sample.open(root)) {
            assertThat(exported(sink)).as("cut at %d", length).isEqualTo(expected);
            assertThat(sink.append(List.of(report(REPORTS + 1)))).containsExactly(Outcome.STORED);
        }
        expected.addAll(jsonOf(REPORTS + 1, REPORTS + 1));
        try (JsonlSink sink = Sample.open(root)) {
            QueryResult result = sink.query(Query.count());
            assertThat(result.coverage().damaged()).isZero();
            assertThat(result.coverage().matched()).isEqualTo(kept + 1);
            assertThat(exported(sink)).as("cut at %d", length).isEqualTo(expected);
        }
        Path tail = quarantine.resolve(NAME + "." + end + ".tail");
        if (length > end || rubbish.length > 0) {
            byte[] torn = Arrays.copyOfRange(whole, end, length + rubbish.length);
            System.arraycopy(rubbish, 0, torn, length - end, rubbish.length);
            assertThat(Files.readAllBytes(tail)).isEqualTo(torn);
            Files.delete(tail);
        }
        assertThat(quarantine).isEmptyDirectory();
        Files.delete(root.resolve(DAY).resolve("web1-000002.jsonl"));
    }

    @Test
    void aMoveToTheQuarantineThatWasInterruptedIsDoneAgain() throws IOException {
        int end = ends.get(REPORTS - 2);
        Files.write(segment, Arrays.copyOf(whole, whole.length - 1));
        Files.createDirectories(quarantine);
        Path tail = quarantine.resolve(NAME + "." + end + ".tail");
        Files.writeString(tail, "half");

        Sample.open(root).close();

        assertThat(Files.readAllBytes(tail)).isEqualTo(Arrays.copyOfRange(whole, end, whole.length - 1));
    }

    @Test
    void anotherInstanceDoesNotTouchTheTail() throws IOException {
        byte[] torn = Arrays.copyOf(whole, whole.length - 5);
        Files.write(segment, torn);
        Settings other = new Settings(
                new Layout(root),
                "web2",
                Sample.settings(root).durability(),
                1 << 20,
                Sample.settings(root).pace(),
                Keep.FOR_EVER,
                Form.PLAIN);

        try (JsonlSink sink = JsonlSink.open(other, new FaultyDisk(), Sample.NOON)) {
            assertThat(exported(sink)).isEqualTo(jsonOf(1, REPORTS - 1));
            assertThat(sink.query(Query.count()).coverage().damaged()).isZero();
        }
        assertThat(Files.readAllBytes(segment)).isEqualTo(torn);
    }
}
