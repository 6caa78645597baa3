package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a segment holds, its lines are those that a plain look finds. */
class LineReaderFuzzTest {

    private static final int MOST_BEFORE = 1 << 17;

    @TempDir
    Path directory;

    /** Takes three bytes that say how much stands before the lines, so that they cross the end of what is read at once. */
    @FuzzTest
    void lines(byte[] bytes) throws IOException {
        byte[] content = content(bytes);
        int limit = content.length - (bytes.length > 3 ? bytes[3] & 7 : 0);
        int from = 0;
        try (LineReader lines = new LineReader(new ByteArrayInputStream(content), Math.max(0, limit))) {
            for (LineReader.Step step = lines.next(); step != LineReader.Step.END; step = lines.next()) {
                int end = indexOfLineFeed(content, from, limit);
                assertThat(step).isEqualTo(end < limit ? LineReader.Step.LINE : LineReader.Step.UNTERMINATED);
                assertThat(line(lines)).isEqualTo(Arrays.copyOfRange(content, from, end));
                from = Math.min(end + 1, limit);
                assertThat(lines.offset()).isEqualTo(from);
                checkSealed(line(lines));
            }
        }
        assertThat(from).isEqualTo(Math.max(0, limit));
    }

    private static byte[] content(byte[] bytes) {
        if (bytes.length < 3) {
            return bytes;
        }
        int before = ((bytes[0] & 1) << 16 | (bytes[1] & 0xff) << 8 | bytes[2] & 0xff) % MOST_BEFORE;
        byte[] content = new byte[before + bytes.length];
        Arrays.fill(content, 0, before, (byte) 'x');
        System.arraycopy(bytes, 0, content, before, bytes.length);
        return content;
    }

    private static int indexOfLineFeed(byte[] bytes, int from, int limit) {
        int at = from;
        while (at < limit && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    /** A line that is sealed is whole and can be opened; after a change it is neither. */
    private static void checkSealed(byte[] fields) {
        byte[] json =
                ("{" + new String(fields, StandardCharsets.ISO_8859_1) + "}").getBytes(StandardCharsets.ISO_8859_1);
        byte[] line = Line.of(json);
        int end = line.length - 1;
        byte[] changed = line.clone();
        changed[fields.length * 7 % end] ^= 1;
        assertThat(Line.check(changed, 0, end)).isNotEqualTo(Line.Check.HOLDS);
        assertThat(Line.check(line, 0, end)).isEqualTo(Line.Check.HOLDS);
        assertThat(Arrays.copyOf(line, Line.unseal(line, end))).isEqualTo(json);
    }

    @FuzzTest
    void compressedFiles(byte[] file) throws IOException {
        Path path = directory.resolve("segment.jsonl.gz");
        Files.write(path, file);
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        boolean damaged = false;
        try (LineReader lines = new LineReader(path, Long.MAX_VALUE)) {
            for (LineReader.Step step = lines.next(); step != LineReader.Step.END; step = lines.next()) {
                damaged |= step == LineReader.Step.UNREADABLE;
                read.writeBytes(line(lines));
                if (step == LineReader.Step.LINE) {
                    read.write('\n');
                }
            }
        }
        byte[] whole = decompressed(file);
        assertThat(new String(whole, StandardCharsets.ISO_8859_1))
                .startsWith(read.toString(StandardCharsets.ISO_8859_1));
        assertThat(damaged || read.size() == whole.length).isTrue();
    }

    /** As much as can be had. */
    private static byte[] decompressed(byte[] file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (InputStream gzip = new GZIPInputStream(new ByteArrayInputStream(file))) {
            for (int next = gzip.read(); next >= 0; next = gzip.read()) {
                bytes.write(next);
            }
        } catch (ZipException | EOFException damaged) {
            return bytes.toByteArray();
        }
        return bytes.toByteArray();
    }

    private static byte[] line(LineReader lines) {
        return Arrays.copyOfRange(lines.bytes(), lines.from(), lines.to());
    }
}
