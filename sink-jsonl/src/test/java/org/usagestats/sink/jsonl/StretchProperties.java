package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** A file that is divided has the lines that it has as a whole. */
class StretchProperties {

    @Property(tries = 300)
    void allLinesAreReadOnceAndInTheirOrder(
            @ForAll @Size(max = 30) List<@IntRange(max = 6000) Integer> lengths,
            @ForAll boolean ended,
            @ForAll @IntRange(min = 1, max = 20_000) int bytes)
            throws IOException {
        Path file = Files.createTempFile("stretches", ".jsonl");
        try {
            Files.writeString(file, text(lengths, ended), StandardCharsets.US_ASCII);
            List<String> divided = new ArrayList<>();
            for (Stretch stretch : Stretch.of(file, bytes)) {
                assertThat(stretch.to()).isGreaterThan(stretch.from());
                divided.addAll(lines(LineReader.from(file, stretch.from(), stretch.to())));
            }
            assertThat(divided).isEqualTo(lines(new LineReader(file, Long.MAX_VALUE)));
        } finally {
            Files.delete(file);
        }
    }

    private static String text(List<Integer> lengths, boolean ended) {
        StringBuilder text = new StringBuilder();
        for (int length : lengths) {
            text.append(text.length()).append("x".repeat(length)).append('\n');
        }
        return ended ? text.toString() : text + "rest";
    }

    private static List<String> lines(LineReader reader) throws IOException {
        List<String> lines = new ArrayList<>();
        try (reader) {
            for (LineReader.Step step = reader.next(); step != LineReader.Step.END; step = reader.next()) {
                int length = reader.to() - reader.from();
                lines.add(step + new String(reader.bytes(), reader.from(), length, StandardCharsets.US_ASCII));
            }
        }
        return lines;
    }
}
