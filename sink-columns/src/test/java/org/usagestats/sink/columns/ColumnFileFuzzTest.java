package org.usagestats.sink.columns;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.sink.Selection;

/**
 * Whatever a file of columns holds, it is read or refused by an {@link IOException}, after which it is made anew. What the test takes
 * are changes of a file as it should be: each the place, in two bytes, and what to put there.
 */
class ColumnFileFuzzTest {

    private static final byte[] ORIGIN = {1, 2, 3};

    @TempDir
    Path directory;

    @FuzzTest
    void changes(byte[] changes) throws IOException {
        Path file = directory.resolve("columns");
        try (OutputStream out = Files.newOutputStream(file)) {
            ColumnFile.Writing writing = new ColumnFile.Writing(out);
            writing.add(twentyReports());
            writing.finish(ORIGIN, 0);
        }
        byte[] whole = Files.readAllBytes(file);
        byte[] bytes = whole.clone();
        for (int i = 0; i + 2 < changes.length; i += 3) {
            bytes[((changes[i] & 0xff) << 8 | changes[i + 1] & 0xff) % bytes.length] = changes[i + 2];
        }
        Files.write(file, bytes);
        try {
            readAll(ColumnFile.open(file, ORIGIN));
            assertThat(Arrays.equals(bytes, whole)).isTrue();
        } catch (IOException refused) {
            assertThat(Arrays.equals(bytes, whole)).isFalse();
        } finally {
            Files.delete(file);
        }
    }

    private static PartBuilder twentyReports() {
        PartBuilder builder = new PartBuilder();
        for (int number = 1; number <= 20; number++) {
            byte[] json = ("{\"report_id\":\"00000000-0000-0000-0000-0000000000" + (10 + number)
                            + "\",\"server_time\":\"2026-03-28T01:00:00.5Z\",\"date\":\"" + number
                            + ".5\",\"version\":\"1."
                            + number + "\",\"a\":[" + number + "]}")
                    .getBytes(StandardCharsets.US_ASCII);
            builder.add(json, 0, json.length);
        }
        return builder;
    }

    private static void readAll(ColumnFile file) throws IOException {
        for (Part part : file.parts()) {
            for (String key : part.keys()) {
                part.column(key, new KeyValues());
            }
            part.ids(0, (row, upper, lower) -> assertThat(upper).isZero());
            part.times(Selection.Clock.REPORTED);
        }
    }
}
