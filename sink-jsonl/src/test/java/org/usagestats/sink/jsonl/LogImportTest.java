package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.kit.Disk;
import org.usagestats.sink.testkit.FaultyDisk;

/** Reports that were received elsewhere are brought in once, however often it is tried and whatever stops it. */
class LogImportTest {

    private static final int REPORTS = 90;
    private static final int MOST_STEPS = 100;

    @TempDir
    private Path temporary;

    /** Imports, and dies before it changes the disk for the nth time. */
    static final class Importer {

        public static void main(String[] arguments) throws IOException {
            imported(Path.of(arguments[0]), new DeadlyDisk(Integer.parseInt(arguments[1])));
        }
    }

    @Test
    void theReportsOfADayMakeASegmentOfItsOwnBesideThoseOfCollectors() throws IOException {
        try (JsonlSink sink = Sample.open(temporary)) {
            sink.append(List.of(Sample.report(1000)));
            assertThat(imported(temporary, new FaultyDisk())).isEqualTo(REPORTS);
            assertThat(Sample.exported(sink))
                    .hasSize(REPORTS + 1)
                    .containsAll(all())
                    .contains(Sample.json(Sample.report(1000)));
        }
        List<Segment> segments = new Layout(temporary).segments();
        assertThat(segments.stream().map(Segment::name).filter(name -> name.startsWith("import-")))
                .hasSize(3)
                .allMatch(name -> name.matches("import-[0-9a-f]{32}\\.jsonl"));
        assertThat(segments).filteredOn(Segment::isNumbered).hasSize(1);
    }

    @Test
    void whatIsThereAlreadyIsNotBroughtInAgain() throws IOException {
        assertThat(imported(temporary, new FaultyDisk())).isEqualTo(REPORTS);
        assertThat(imported(temporary, new FaultyDisk())).isZero();
        assertThat(new CompressedLog(temporary).inspected()).containsExactlyElementsOf(all());
    }

    @Test
    void whatIsNotCommittedLeavesNothing() throws IOException {
        try (LogImport run = LogImport.begin(new Layout(temporary), new FaultyDisk())) {
            run.add(report(1));
        }
        try (Stream<Path> files = Files.walk(temporary)) {
            assertThat(files.filter(Files::isRegularFile))
                    .containsExactly(new Layout(temporary).imports().resolve("lock"));
        }
    }

    @Test
    void oneImportAtATimeWorksOnALog() throws IOException {
        Layout layout = new Layout(temporary);
        try (LogImport first = LogImport.begin(layout, new FaultyDisk())) {
            assertThatIOException()
                    .isThrownBy(() -> LogImport.begin(layout, new FaultyDisk()))
                    .withMessage("another import into this directory is running");
            first.add(report(1));
            assertThat(first.commit()).isOne();
        }
        LogImport.begin(layout, new FaultyDisk()).close();
    }

    @Test
    void whateverOperationFailsTheNextTryCompletesIt() throws IOException {
        int failures = 0;
        for (int failing = 1; failing < MOST_STEPS; failing++) {
            Path root = Files.createDirectory(temporary.resolve("operation" + failing));
            int last = failing;
            FaultyDisk disk = new FaultyDisk();
            disk.failWhen(operation -> operation == last);
            try {
                imported(root, disk);
            } catch (IOException failed) {
                assertThat(failed).hasMessage("Input/output error");
                failures++;
            }
            checkCompleted(root, "operation " + failing);
        }
        assertThat(failures).isGreaterThan(12);
    }

    @Test
    void wheneverTheProcessDiesTheNextTryCompletesIt() throws Exception {
        int status = DeadlyDisk.DIED;
        int halves = 0;
        int step = 1;
        for (; status == DeadlyDisk.DIED; step++) {
            assertThat(step).isLessThan(MOST_STEPS);
            Path root = Files.createDirectory(temporary.resolve("step" + step));
            status = DeadlyDisk.runUntil(step, Importer.class, root);
            assertThat(status).isIn(DeadlyDisk.DIED, 0);
            int there = new Layout(root).segments().size();
            halves += there == 1 || there == 2 ? 1 : 0;
            checkCompleted(root, "step " + step);
        }
        assertThat(halves).as("deaths between the segments").isGreaterThanOrEqualTo(4);
    }

    private static void checkCompleted(Path root, String when) throws IOException {
        CompressedLog log = new CompressedLog(root);
        if (Files.isDirectory(root)) {
            assertThat(all()).as(when).containsAll(log.inspected());
        }
        int before = log.inspected().size();
        assertThat(imported(root, new FaultyDisk())).as(when).isEqualTo(REPORTS - before);
        assertThat(log.inspected()).as(when).containsExactlyElementsOf(all());
        assertThat(imported(root, new FaultyDisk())).as(when).isZero();
        assertThat(log.damage()).as(when).isEmpty();
        try (Stream<Path> aside = Files.list(log.layout().imports())) {
            assertThat(aside).as("nothing is left aside, %s", when).hasSize(1);
        }
    }

    private static long imported(Path root, Disk disk) throws IOException {
        try (LogImport run = LogImport.begin(new Layout(root), disk)) {
            for (int number = 0; number < REPORTS; number++) {
                run.add(report(number));
            }
            return run.commit();
        }
    }

    /** A third on each of three days. */
    private static ReceivedReport report(int number) {
        Instant received =
                Sample.NOON.plus(Duration.ofDays(number / (REPORTS / 3))).plusMillis(number);
        return Sample.report(number, received);
    }

    private static List<String> all() {
        List<String> all = new ArrayList<>();
        for (int number = 0; number < REPORTS; number++) {
            all.add(new String(report(number).json(), StandardCharsets.UTF_8));
        }
        return all;
    }
}
