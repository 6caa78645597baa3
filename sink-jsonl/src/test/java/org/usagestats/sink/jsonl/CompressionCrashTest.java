package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usagestats.sink.jsonl.Sample.exported;
import static org.usagestats.sink.jsonl.Sample.jsonOf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.sink.testkit.FaultyDisk;

/** Whenever a process dies while it compresses, each report is there once. */
class CompressionCrashTest {

    private static final int REPORTS = 18;
    private static final int MOST_STEPS = 100;

    @TempDir
    private Path temporary;

    /** Compresses what is sealed, and dies before it changes the disk for the nth time. */
    static final class Compressor {

        public static void main(String[] arguments) throws IOException {
            int steps = Integer.parseInt(arguments[1]);
            new CompressedLog(Path.of(arguments[0])).compress("web1", new DeadlyDisk(steps));
        }
    }

    @Test
    void eachReportIsThereOnceAtWhateverStepTheProcessDies() throws Exception {
        int twice = 0;
        int step = 1;
        for (int status = DeadlyDisk.DIED; status == DeadlyDisk.DIED; step++) {
            assertThat(step).isLessThan(MOST_STEPS);
            CompressedLog log = new CompressedLog(Files.createDirectory(temporary.resolve("step" + step)));
            log.fill("web1", REPORTS);
            assertThat(log.plain()).hasSize(3);
            status = DeadlyDisk.runUntil(step, Compressor.class, log.root());
            assertThat(status).isIn(DeadlyDisk.DIED, 0);
            twice += log.layout().twins().size();
            check(log, step);
        }
        assertThat(step).as("two segments, at least seven steps each").isGreaterThan(14);
        assertThat(twice).as("deaths between a segment's two names").isEqualTo(4);
    }

    private static void check(CompressedLog log, int step) throws IOException {
        assertThat(log.inspected()).as("seen by others, step %d", step).isEqualTo(jsonOf(1, REPORTS));
        try (JsonlSink sink = log.open("web1", Duration.ofHours(1), Form.PLAIN)) {
            assertThat(exported(sink)).as("step %d", step).isEqualTo(jsonOf(1, REPORTS));
            assertThat(CompressedLog.count(sink)).isEqualTo(REPORTS);
        }
        assertThat(log.layout().twins()).isEmpty();
        assertThat(log.unfinished()).isEmpty();
        log.compress("web1", new FaultyDisk());
        assertThat(log.plain()).as("the newest").hasSize(1);
        assertThat(log.inspected()).isEqualTo(jsonOf(1, REPORTS));
        assertThat(log.damage()).isEmpty();
    }
}
