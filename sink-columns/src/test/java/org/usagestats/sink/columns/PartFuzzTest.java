package org.usagestats.sink.columns;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.sink.Selection;
import org.usagestats.sink.Value;

/** Whatever bytes lines have: columns hold what a JSON parser reads there, and a file of columns what the columns hold. */
class PartFuzzTest {

    private static final byte[] ORIGIN = {1, 2, 3};

    @TempDir
    Path directory;

    @FuzzTest
    void lines(byte[] lines) throws Exception {
        PartBuilderProperties.check("the lines", split(lines));
    }

    @FuzzTest
    void files(byte[] lines) throws Exception {
        PartBuilder built = PartBuilderProperties.check("the lines", split(lines));
        Path file = directory.resolve("columns");
        try (OutputStream out = Files.newOutputStream(file)) {
            ColumnFile.Writing writing = new ColumnFile.Writing(out);
            writing.add(built);
            writing.finish(ORIGIN, 0);
        }
        Part stored = ColumnFile.open(file, ORIGIN).parts().get(0);

        assertThat(stored.rows()).isEqualTo(built.rows());
        assertThat(stored.damaged()).isEqualTo(built.damaged());
        assertThat(ids(stored)).isEqualTo(ids(built));
        for (int row = 0; row < built.rows(); row++) {
            for (Selection.Clock clock : Selection.Clock.values()) {
                assertThat(stored.times(clock).at(row))
                        .isEqualTo(built.times(clock, built.rows()).at(row));
            }
            assertThat(values(stored, row)).isEqualTo(PartBuilderProperties.values(built, row));
        }
        Files.delete(file);
    }

    private static byte[][] split(byte[] lines) {
        return Stream.of(new String(lines, StandardCharsets.ISO_8859_1).split("\n", -1))
                .map(line -> line.getBytes(StandardCharsets.ISO_8859_1))
                .toArray(byte[][]::new);
    }

    private static List<String> ids(PartBuilder built) {
        List<String> ids = new ArrayList<>();
        built.ids().forEach(0, built.rows(), (row, upper, lower) -> ids.add(row + " " + upper + " " + lower));
        return ids;
    }

    private static List<String> ids(Part stored) throws Exception {
        List<String> ids = new ArrayList<>();
        stored.ids(0, (row, upper, lower) -> ids.add(row + " " + upper + " " + lower));
        return ids;
    }

    private static Map<String, Value> values(Part stored, int row) throws Exception {
        Map<String, Value> values = new LinkedHashMap<>();
        for (String key : stored.keys()) {
            KeyValues all = new KeyValues();
            Column column = stored.column(key, all);
            int code = column.codes().at(row);
            if (code != Dictionary.NONE) {
                values.put(key, all.value(column.numbers()[code]));
            }
        }
        return values;
    }
}
