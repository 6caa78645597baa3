package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.usagestats.sink.jsonl.Sample.NOON;
import static org.usagestats.sink.jsonl.Sample.exported;
import static org.usagestats.sink.jsonl.Sample.json;
import static org.usagestats.sink.jsonl.Sample.jsonOf;
import static org.usagestats.sink.jsonl.Sample.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.sink.Durability;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.SinkFullException;
import org.usagestats.sink.testkit.FaultyDisk;

class FailingDiskTest {

    private static final int REPORTS = 12;
    private static final long SEGMENT_BYTES = 600;

    @TempDir
    Path parent;

    /** Which operations fail when the k-th is the first to do so. */
    enum Faults {
        ONE(k -> operation -> operation == k),
        TWO(k -> operation -> operation == k || operation == k + 1),
        ALL_SINCE(k -> operation -> operation >= k);

        private final IntFunction<IntPredicate> from;

        Faults(IntFunction<IntPredicate> from) {
            this.from = from;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whateverOperationFailsWhatWasAcknowledgedIsServedOnce(Faults faults) throws IOException {
        boolean reached = true;
        for (int k = 1; reached; k++) {
            Path root = parent.resolve(faults + "-" + k);
            FaultyDisk disk = new FaultyDisk();
            disk.failWhen(faults.from.apply(k));
            Set<String> acknowledged = new TreeSet<>();
            for (Durability durability : Durability.values()) {
                run(Sample.settings(root, durability, SEGMENT_BYTES), disk, acknowledged);
            }
            reached = disk.operations() >= k;
            List<String> served = check(root, acknowledged, faults + " from " + k);
            if (faults == Faults.ONE) {
                assertThat(served).doesNotHaveDuplicates();
            }
        }
    }

    /** Appends all reports, some of them twice, and checks that what was acknowledged can be read. */
    private static void run(Settings settings, FaultyDisk disk, Set<String> acknowledged) throws IOException {
        try (JsonlSink sink = JsonlSink.open(settings, disk, NOON)) {
            for (int number = 1; number <= REPORTS; number++) {
                append(sink, number, acknowledged);
            }
            assertThat(exported(sink)).containsAll(acknowledged);
        } catch (IOException refused) {
            assertThat(refused).hasMessageContaining("Input/output error");
        }
    }

    private static void append(JsonlSink sink, int number, Set<String> acknowledged) {
        for (int attempt = 0; attempt < 2; attempt++) {
            try {
                assertThat(sink.append(List.of(report(number)))).doesNotContain(Outcome.CONFLICT);
                acknowledged.add(json(report(number)));
            } catch (IOException notKept) {
                assertThat(notKept).hasMessageContaining("Input/output error");
            }
        }
    }

    /** Opens the log on a good disk, where each report counts once whatever was written, and returns what is in it. */
    private static List<String> check(Path root, Set<String> acknowledged, String faults) throws IOException {
        try (JsonlSink sink = Sample.open(root)) {
            List<String> served = exported(sink);
            assertThat(served).as(faults).containsAll(acknowledged).isSubsetOf(jsonOf(1, REPORTS));
            QueryResult perReport = sink.query(Query.count("n"));
            assertThat(perReport.texts())
                    .as(faults)
                    .allSatisfy(row -> assertThat(row.get(1)).isEqualTo(1L));
            assertThat(perReport.texts()).as(faults).hasSize(Set.copyOf(served).size());
            return served;
        }
    }

    @Test
    void aTornWriteIsCutBackAndTheSegmentGoesOn() throws IOException {
        FaultyDisk disk = new FaultyDisk();
        try (JsonlSink sink = open(disk, Durability.ALWAYS)) {
            sink.append(List.of(report(1)));
            failNext(disk);
            assertThatThrownBy(() -> sink.append(List.of(report(2)))).isExactlyInstanceOf(IOException.class);
            assertThat(sink.append(List.of(report(2), report(1)))).containsExactly(Outcome.STORED, Outcome.DUPLICATE);
            assertThat(exported(sink)).isEqualTo(jsonOf(1, 2));
        }
        assertThat(new Layout(parent).segments()).hasSize(1);
    }

    @Test
    void nothingIsBuiltOnASegmentWhoseSyncFailed() throws IOException {
        FaultyDisk disk = new FaultyDisk();
        try (JsonlSink sink = open(disk, Durability.ALWAYS)) {
            sink.append(List.of(report(1)));
            int sync = disk.operations() + 2;
            disk.failWhen(operation -> operation == sync);
            int syncs = disk.syncs();
            assertThatThrownBy(() -> sink.append(List.of(report(2)))).hasMessageContaining("Input/output error");
            assertThat(sink.append(List.of(report(2), report(1)))).containsExactly(Outcome.STORED, Outcome.DUPLICATE);
            assertThat(disk.syncs()).isEqualTo(syncs + 1);
            assertThat(exported(sink)).isEqualTo(jsonOf(1, 2));
        }
        assertThat(new Layout(parent).segments())
                .extracting(Segment::name)
                .containsExactly("web1-000001.jsonl", "web1-000002.jsonl");
    }

    @Test
    void aDuplicateIsAnsweredAlthoughTheDiskFails() throws IOException {
        FaultyDisk disk = new FaultyDisk();
        try (JsonlSink sink = open(disk, Durability.ALWAYS)) {
            sink.append(List.of(report(1)));
            disk.failWhen(operation -> true);
            assertThat(sink.append(List.of(report(1)))).containsExactly(Outcome.DUPLICATE);
            assertThatThrownBy(() -> sink.append(List.of(report(1), report(2)))).isInstanceOf(IOException.class);
            disk.failWhen(operation -> false);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"No space left on device", "Disk quota exceeded", "File too large"})
    void aDiskWithoutRoomIsToldFromABrokenOne(String message) throws IOException {
        FaultyDisk disk = new FaultyDisk();
        try (JsonlSink sink = open(disk, Durability.ALWAYS)) {
            disk.failWhen(operation -> true, message);
            assertThatThrownBy(() -> sink.append(List.of(report(1))))
                    .isInstanceOf(SinkFullException.class)
                    .hasMessage(message);
            disk.failWhen(operation -> false);
            assertThat(sink.append(List.of(report(1)))).containsExactly(Outcome.STORED);
        }
    }

    private JsonlSink open(FaultyDisk disk, Durability durability) throws IOException {
        return JsonlSink.open(Sample.settings(parent, durability, 1 << 20), disk, NOON);
    }

    private static void failNext(FaultyDisk disk) {
        int next = disk.operations() + 1;
        disk.failWhen(operation -> operation == next);
    }
}
