package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.sink.testkit.FaultyDisk;

/** Whatever follows the whole lines of a segment, they stay as they are and it is set aside. */
class TornTailFuzzTest {

    private static final Segment SEGMENT = Segment.of(LocalDate.parse("2026-03-01"), Sample.INSTANCE, 1);

    @TempDir
    Path root;

    @FuzzTest
    void tails(byte[] tail) throws IOException {
        byte[] whole = lines(3);
        byte[] content = Arrays.copyOf(whole, whole.length + tail.length);
        System.arraycopy(tail, 0, content, whole.length, tail.length);
        Layout layout = new Layout(root);
        Files.createDirectories(layout.directory(SEGMENT.day()));
        Files.createDirectories(layout.quarantine());
        Files.write(layout.file(SEGMENT), content);

        TornTail.setAside(new FaultyDisk(), layout, SEGMENT);

        byte[] left = Files.readAllBytes(layout.file(SEGMENT));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(left);
        for (Path aside : asides(layout)) {
            all.writeBytes(Files.readAllBytes(aside));
            Files.delete(aside);
        }
        assertThat(left).startsWith(whole).endsWith('\n');
        assertThat(all.toByteArray()).isEqualTo(content);
        assertThat(new String(
                                tail,
                                left.length - whole.length,
                                content.length - left.length,
                                StandardCharsets.ISO_8859_1)
                        .lines())
                .noneMatch(TornTailFuzzTest::isWhole);
    }

    private static boolean isWhole(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
        return Line.check(bytes, 0, bytes.length) == Line.Check.HOLDS;
    }

    private static List<Path> asides(Layout layout) throws IOException {
        try (Stream<Path> files = Files.list(layout.quarantine())) {
            return files.toList();
        }
    }

    private static byte[] lines(int reports) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        IntStream.rangeClosed(1, reports)
                .forEach(
                        number -> lines.writeBytes(Line.of(Sample.report(number).json())));
        return lines.toByteArray();
    }
}
