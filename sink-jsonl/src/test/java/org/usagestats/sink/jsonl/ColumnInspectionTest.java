package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.usagestats.sink.jsonl.Sample.NOON;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.sink.Durability;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryLimits;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.SinkConfig;
import org.usagestats.sink.columns.NotIndexedException;
import org.usagestats.sink.kit.LocalDisk;

class ColumnInspectionTest {

    private static final int REPORTS = 2_000;

    @TempDir
    Path root;

    @Test
    void columnsThatACollectorHasDerivedAreTaken() throws IOException {
        Layout layout = new Layout(root);
        fill(layout);
        Segment segment = layout.segments().get(0);
        Path file = layout.file(segment);
        FileTime changed = Files.getLastModifiedTime(file);
        byte[] bytes = Files.readAllBytes(file);
        bytes[20] ^= 1;
        Files.write(file, bytes);
        Files.setLastModifiedTime(file, changed);

        assertThat(damaged(config(root))).as("damaged, as the columns say").isZero();
        Files.delete(layout.columns(segment));
        assertThat(damaged(config(root))).as("damaged, as the segment says").isEqualTo(1);
    }

    @Test
    void whatHasNoColumnsIsReadAsFarAsTheMemoryAllows() throws IOException {
        Layout layout = new Layout(root);
        fill(layout);
        Files.delete(layout.columns(layout.segments().get(0)));

        QueryResult all = new ColumnInspection(layout, Long.MAX_VALUE).answer(Query.count(), QueryLimits.NONE);
        assertThat(all.coverage().matched()).isEqualTo(REPORTS + 1);
        assertThatThrownBy(() -> new ColumnInspection(layout, 1000).answer(Query.count(), QueryLimits.NONE))
                .isInstanceOf(NotIndexedException.class)
                .hasMessageContaining("more memory than it may");
    }

    @Test
    void aFolderThatIsNotThereIsSaidToBe() {
        SinkConfig nowhere = config(root.resolve("nowhere"));
        assertThatThrownBy(() -> new JsonlSinkProvider().query(nowhere, Query.count(), QueryLimits.NONE))
                .isInstanceOf(IOException.class)
                .hasMessage("there is no directory " + root.resolve("nowhere"));
    }

    /** Makes a segment that is sealed and has columns, and one that is not. */
    private void fill(Layout layout) throws IOException {
        Settings settings = Sample.settings(root, Durability.OS, 64 * 1024);
        try (JsonlSink sink = JsonlSink.open(settings, new LocalDisk(), NOON)) {
            sink.append(IntStream.range(0, REPORTS).mapToObj(Sample::report).toList());
            sink.append(List.of(Sample.report(REPORTS)));
            sink.query(Query.count());
        }
        assertThat(layout.segments()).hasSize(2);
        try (JsonlSink again = JsonlSink.open(settings, new LocalDisk(), NOON)) {
            again.query(Query.count());
        }
        assertThat(layout.columns(layout.segments().get(0))).exists();
    }

    static SinkConfig config(Path directory) {
        return new SinkConfig(directory.toString(), Durability.OS, "web1", Map.of());
    }

    private static long damaged(SinkConfig config) throws IOException {
        return new JsonlSinkProvider()
                .query(config, Query.count(), QueryLimits.NONE)
                .coverage()
                .damaged();
    }
}
