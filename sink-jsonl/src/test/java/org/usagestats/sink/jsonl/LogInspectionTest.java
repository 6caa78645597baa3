package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.usagestats.sink.jsonl.Sample.jsonOf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.sink.testkit.FaultyDisk;

/** What a look at every line of a log says of each that is damaged. */
class LogInspectionTest {

    private CompressedLog log;

    @BeforeEach
    void begin(@TempDir Path root) {
        log = new CompressedLog(root);
    }

    @Test
    void aLogWithoutDamageIsReadWhileItIsWritten() throws IOException {
        try (JsonlSink sink = Sample.open(log.root())) {
            sink.append(List.of(Sample.report(1), Sample.report(2)));
            assertThat(log.inspected()).isEqualTo(jsonOf(1, 2));
            Files.writeString(log.plain().get(0), "{\"being written", StandardOpenOption.APPEND);
            assertThat(log.inspected()).isEqualTo(jsonOf(1, 2));
        }
        assertThat(log.damage()).isEmpty();
    }

    @Test
    void eachDamagedLineIsNamedWithItsReason() throws IOException {
        log.fill("web1", 30);
        Path sealed = log.plain().get(0);
        List<String> lines = Files.readAllLines(sealed);
        String name = log.root().relativize(sealed).toString();
        lines.set(1, lines.get(1).replace("\"n\":\"2\"", "\"n\":\"7\""));
        lines.set(2, "{\"n\":\"3\"}");
        lines.set(3, "");
        byte[] tooLong = new byte[Line.MAX_BYTES + 1];
        Arrays.fill(tooLong, (byte) 'x');
        lines.set(4, new String(tooLong, StandardCharsets.US_ASCII));
        Files.writeString(sealed, String.join("\n", lines) + "\n{\"torn");

        assertThat(log.inspected()).hasSize(26).doesNotContainAnyElementsOf(jsonOf(2, 5));
        assertThat(log.damage())
                .containsExactly(
                        name + ":2: its checksum does not hold",
                        name + ":3: it has no checksum",
                        name + ":4: it has no checksum",
                        name + ":5: longer than 8388608 bytes",
                        name + ":" + (lines.size() + 1) + ": it has no end");
    }

    @Test
    void ofADamagedCompressedSegmentTheLineIsNamedFromWhichOnItCannotBeRead() throws IOException {
        log.fill("web1", 30);
        log.compress("web1", new FaultyDisk());
        Path compressed = log.compressed().get(0);
        Files.write(compressed, new byte[] {1, 2, 3});

        List<String> left = log.inspected();
        assertThat(left).isNotEmpty().hasSizeLessThan(30);
        assertThat(log.damage())
                .containsExactly(log.root().relativize(compressed) + ":1: what follows cannot be decompressed");
    }

    @Test
    void whatAHandHasPutThereNeedsNoChecksum() throws IOException {
        Path day = Files.createDirectories(log.root().resolve(Sample.DAY));
        Files.writeString(day.resolve("by-hand.jsonl"), "{\"n\":1}\n");

        assertThat(log.inspected()).containsExactly("{\"n\":1}");
        assertThat(log.damage()).isEmpty();
    }

    @Test
    void whatIsErasedIsNotShown() throws IOException {
        Sender sender = new Sender("to-be-forgotten", 7);
        try (JsonlSink sink = Sample.open(log.root())) {
            sink.append(List.of(sender.report(1), Sample.report(1)));
            sink.erase(List.of(sender.erasure(1)));
            assertThat(log.inspected()).isEqualTo(jsonOf(1, 1));
        }
    }

    @Test
    void withoutADirectoryItSaysSo() {
        CompressedLog nowhere = new CompressedLog(log.root().resolve("nowhere"));
        assertThatIOException().isThrownBy(nowhere::inspected).withMessage("there is no directory " + nowhere.root());
    }
}
