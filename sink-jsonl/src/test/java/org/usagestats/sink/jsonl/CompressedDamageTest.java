package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usagestats.sink.jsonl.Sample.exported;
import static org.usagestats.sink.jsonl.Sample.jsonOf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryLimits;
import org.usagestats.sink.testkit.FaultyDisk;

/** A compressed segment that is damaged costs what cannot be decompressed, and nothing else. */
class CompressedDamageTest {

    private static final int REPORTS = 60;
    private static final Duration NEVER = Duration.ofHours(1);

    private CompressedLog log;

    @BeforeEach
    void begin(@TempDir Path root) {
        log = new CompressedLog(root);
    }

    @Test
    void ofAFileThatIsCutOffWhatPrecedesIsServedAndTheRestCountsAsDamage() throws Exception {
        log.fill("web1", REPORTS);
        log.compress("web1", new FaultyDisk());
        Path file = log.compressed().get(0);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length += 1 + length / 10) {
            Files.write(file, Arrays.copyOf(whole, length));
            checkDamaged();
        }
    }

    @Test
    void ofAFileWithAFlippedBitWhatPrecedesIsServedAndTheRestCountsAsDamage() throws Exception {
        log.fill("web1", REPORTS);
        log.compress("web1", new FaultyDisk());
        Path file = log.compressed().get(0);
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(20260311);
        for (int round = 0; round < 25; round++) {
            byte[] bytes = whole.clone();
            // Behind the header, of which some bytes say nothing.
            bytes[10 + random.nextInt(bytes.length - 10)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, bytes);
            checkDamaged();
        }
    }

    private void checkDamaged() throws IOException {
        log.damage().clear();
        List<String> served = log.inspected();
        assertThat(served)
                .isSubsetOf(jsonOf(1, REPORTS))
                .doesNotHaveDuplicates()
                .hasSizeLessThanOrEqualTo(REPORTS);
        assertThat(served).as("the other segments").hasSizeGreaterThan(REPORTS / 2);
        assertThat(log.damage()).isNotEmpty();
        try (JsonlSink sink = log.open("web1", NEVER, Form.PLAIN)) {
            assertThat(exported(sink)).isEqualTo(served);
            assertThat(sink.fromColumns(Query.count(), QueryLimits.NONE))
                    .isEqualTo(sink.plainly(Query.count(), QueryLimits.NONE));
            assertThat(sink.query(Query.count()).coverage().damaged())
                    .isEqualTo(log.damage().size());
        }
    }

    @Test
    void anErasureFromADamagedFileKeepsTheOtherReportsThatAreReadable() throws Exception {
        try (JsonlSink sink = log.open("web1", NEVER, Form.PLAIN)) {
            CompressedLog.send(sink);
        }
        log.compress("web1", new FaultyDisk());
        Path file = log.compressed().get(0);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length * 9 / 10));
        List<String> readable = log.inspected();
        readable.removeIf(CompressedLog.FORGOTTEN::sent);
        try (JsonlSink sink = log.open("web1", Duration.ofMillis(15), Form.PLAIN)) {
            sink.erase(CompressedLog.FORGOTTEN.erasures(10));
            log.awaitNoTraces();
            assertThat(exported(sink)).isEqualTo(readable);
        }
    }
}
