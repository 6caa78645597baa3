package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineReaderTest {

    @TempDir
    Path directory;

    @Test
    void linesOfAnyLengthAreReadRight() throws IOException {
        List<Integer> lengths = List.of(0, 1, 65_535, 65_536, 3, 200_000, 0, Line.MAX_BYTES - 1, 7);
        Path file = write(lengths);

        List<Integer> read = new ArrayList<>();
        long expectedOffset = 0;
        try (LineReader lines = new LineReader(file, Long.MAX_VALUE)) {
            for (LineReader.Step step = lines.next(); step != LineReader.Step.END; step = lines.next()) {
                assertThat(step).isEqualTo(LineReader.Step.LINE);
                int length = lines.to() - lines.from();
                assertThat(isFilled(lines)).isTrue();
                read.add(length);
                expectedOffset += length + 1;
                assertThat(lines.offset()).isEqualTo(expectedOffset);
            }
        }
        assertThat(read).isEqualTo(lengths);
    }

    @Test
    void aLineBeyondTheCapIsPassedOver() throws IOException {
        Path file = write(List.of(5, Line.MAX_BYTES, 6, 3 * Line.MAX_BYTES, 7));

        try (LineReader lines = new LineReader(file, Long.MAX_VALUE)) {
            assertThat(lines.next()).isEqualTo(LineReader.Step.LINE);
            assertThat(lines.next()).isEqualTo(LineReader.Step.TOO_LONG);
            assertThat(lines.next()).isEqualTo(LineReader.Step.LINE);
            assertThat(lines.to() - lines.from()).isEqualTo(6);
            assertThat(lines.next()).isEqualTo(LineReader.Step.TOO_LONG);
            assertThat(lines.offset()).isEqualTo(Files.size(file) - 8);
            assertThat(lines.next()).isEqualTo(LineReader.Step.LINE);
            assertThat(lines.next()).isEqualTo(LineReader.Step.END);
        }
    }

    @Test
    void whatFollowsTheLastLineFeedIsNoLine() throws IOException {
        Path file = directory.resolve("file");
        Files.writeString(file, "whole\ntorn");

        try (LineReader lines = new LineReader(file, Long.MAX_VALUE)) {
            assertThat(lines.next()).isEqualTo(LineReader.Step.LINE);
            assertThat(lines.next()).isEqualTo(LineReader.Step.UNTERMINATED);
            assertThat(lines.next()).isEqualTo(LineReader.Step.END);
        }
    }

    @Test
    void nothingIsReadBeyondTheLimit() throws IOException {
        Path file = directory.resolve("file");
        Files.writeString(file, "one\ntwo\nthree\n");

        try (LineReader lines = new LineReader(file, 8)) {
            assertThat(lines.next()).isEqualTo(LineReader.Step.LINE);
            assertThat(lines.next()).isEqualTo(LineReader.Step.LINE);
            assertThat(new String(lines.bytes(), lines.from(), 3, StandardCharsets.UTF_8))
                    .isEqualTo("two");
            assertThat(lines.next()).isEqualTo(LineReader.Step.END);
        }
    }

    private Path write(List<Integer> lengths) throws IOException {
        Path file = directory.resolve("file");
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int length : lengths) {
                out.write("x".repeat(length).getBytes(StandardCharsets.UTF_8));
                out.write('\n');
            }
        }
        return file;
    }

    private static boolean isFilled(LineReader lines) {
        for (int i = lines.from(); i < lines.to(); i++) {
            if (lines.bytes()[i] != 'x') {
                return false;
            }
        }
        return true;
    }
}
