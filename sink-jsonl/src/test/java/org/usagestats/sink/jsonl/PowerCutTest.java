package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usagestats.sink.jsonl.Sample.NOON;
import static org.usagestats.sink.jsonl.Sample.exported;
import static org.usagestats.sink.jsonl.Sample.json;
import static org.usagestats.sink.jsonl.Sample.report;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.sink.Durability;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.kit.Disk;
import org.usagestats.sink.testkit.FaultyDisk;
import org.usagestats.sink.testkit.PowerCutDisk;

/** Whenever the power goes, what was acknowledged is there once, nothing torn is served, and the log takes more. */
class PowerCutTest {

    private static final int CUTS_AT_EACH_CHANGE = Boolean.getBoolean("usagestats.thorough") ? 40 : 3;
    private static final int REPORTS = 45;
    private static final int SEGMENT_BYTES = 1000;
    private static final int LATER = 1000;

    @TempDir
    Path temporary;

    private final Random chance = new Random(20261122);

    /** After how many changes of the disk how many reports were acknowledged. */
    private final TreeMap<Integer, Integer> acknowledged = new TreeMap<>();

    @Test
    void whatWasAcknowledgedIsThereOnce() throws Exception {
        PowerCutDisk disk = new PowerCutDisk(temporary.resolve("log"));
        run(disk);
        assertThat(disk.isFaithful()).isTrue();
        CompressedLog log = new CompressedLog(temporary.resolve("log"));
        assertThat(log.plain()).as("segments").hasSizeGreaterThan(1);
        assertThat(log.compressed()).as("compressed segments").hasSizeGreaterThan(1);

        for (int changes = 1; changes <= disk.changes(); changes++) {
            for (int cut = 0; cut < CUTS_AT_EACH_CHANGE; cut++) {
                Path left = laidOut(disk, changes, cut);
                check(left, acknowledged.floorEntry(changes).getValue(), "change " + changes + ", cut " + cut);
            }
        }
    }

    /** Shows that a sync that is left out would be noticed. */
    @Test
    void aDiskThatSyncsNothingLosesWhatWasAcknowledged() throws Exception {
        PowerCutDisk disk = new PowerCutDisk(temporary.resolve("log")) {
            @Override
            public synchronized void sync(FileChannel file) {}
        };
        run(disk);
        int lost = 0;
        for (int cut = 0; cut < 8; cut++) {
            try (JsonlSink sink = open(laidOut(disk, disk.changes(), cut), new FaultyDisk())) {
                lost += exported(sink).size() < REPORTS ? 1 : 0;
            }
        }
        assertThat(lost).isPositive();
    }

    private Path laidOut(PowerCutDisk disk, int changes, int cut) throws IOException {
        Path left = temporary.resolve("left-" + changes + "-" + cut);
        disk.left(changes, chance, left);
        return left;
    }

    /** Three runs of a collector; the segments of the first are compressed after it. */
    private void run(PowerCutDisk disk) throws IOException {
        Path root = temporary.resolve("log");
        acknowledged.put(0, 0);
        append(root, disk, 1, REPORTS / 3);
        compress(root, disk);
        append(root, disk, REPORTS / 3 + 1, REPORTS * 2 / 3);
        compress(root, disk);
        append(root, disk, REPORTS * 2 / 3 + 1, REPORTS);
    }

    private void append(Path root, PowerCutDisk disk, int first, int last) throws IOException {
        try (JsonlSink sink = open(root, disk)) {
            for (int number = first; number <= last; ) {
                List<ReceivedReport> batch = new ArrayList<>();
                for (int many = 1 + chance.nextInt(3); many > 0 && number <= last; many--) {
                    batch.add(report(number++));
                }
                sink.append(batch);
                acknowledged.put(disk.changes(), number - 1);
            }
        }
    }

    private static void compress(Path root, Disk disk) throws IOException {
        Settings settings = settings(root, Form.GZIP);
        new Compression(settings, disk).bringUpToDate(new Upkeep.Round(NOON, SEGMENT_BYTES, new CountDownLatch(1)));
    }

    private static JsonlSink open(Path root, Disk disk) throws IOException {
        return JsonlSink.open(settings(root, Form.PLAIN), disk, NOON);
    }

    private static Settings settings(Path root, Form form) {
        return new Settings(
                new Layout(root), "web1", Durability.ALWAYS, SEGMENT_BYTES, Duration.ofHours(1), Keep.FOR_EVER, form);
    }

    private static void check(Path left, int acknowledged, String when) throws IOException {
        try (JsonlSink sink = open(left, new FaultyDisk())) {
            List<String> there = exported(sink);
            assertThat(there)
                    .as(when)
                    .doesNotHaveDuplicates()
                    .containsAll(Sample.jsonOf(1, acknowledged))
                    .isSubsetOf(Sample.jsonOf(1, REPORTS));
            if (acknowledged > 0) {
                assertThat(sink.append(List.of(report(acknowledged))))
                        .as("sent again after %s", when)
                        .containsExactly(Outcome.DUPLICATE);
            }
            sink.append(List.of(report(LATER)));
            assertThat(exported(sink)).as(when).hasSize(there.size() + 1).contains(json(report(LATER)));
        }
    }
}
