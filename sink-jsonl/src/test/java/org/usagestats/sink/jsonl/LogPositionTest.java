package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usagestats.sink.jsonl.Sample.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.sink.Durability;
import org.usagestats.sink.kit.LocalDisk;

class LogPositionTest {

    private static final Sender SENDER = new Sender("sender", 7);

    @TempDir
    Path root;

    @Test
    void whereNothingHappensThePositionStays() throws IOException {
        try (JsonlSink sink = Sample.open(root)) {
            sink.append(List.of(report(1)));
            String position = sink.position().orElseThrow();

            assertThat(sink.position()).contains(position);
            sink.append(List.of(report(1)));
            assertThat(sink.position()).as("after a report that is known").contains(position);
        }
    }

    @Test
    void whateverChangesAnAnswerChangesThePosition() throws IOException {
        Set<String> positions = new LinkedHashSet<>();
        Settings small = Sample.settings(root, Durability.ALWAYS, 1);
        try (JsonlSink sink = JsonlSink.open(small, new LocalDisk(), Sample.NOON)) {
            positions.add(sink.position().orElseThrow());
            sink.append(List.of(report(1)));
            positions.add(sink.position().orElseThrow());
            sink.append(List.of(SENDER.report(2)));
            positions.add(sink.position().orElseThrow());
            sink.erase(List.of(SENDER.erasure(2)));
            positions.add(sink.position().orElseThrow());
            try (LogImport taken = LogImport.begin(small.layout(), new LocalDisk())) {
                taken.add(report(3));
                taken.commit();
            }
            positions.add(sink.position().orElseThrow());
            Path another = root.resolve(Sample.DAY).resolve("web2-000001.jsonl");
            Files.write(another, Line.of(report(4).json()));
            positions.add(sink.position().orElseThrow());
            Files.write(another, Line.of(report(5).json()), StandardOpenOption.APPEND);
            positions.add(sink.position().orElseThrow());
            Files.setLastModifiedTime(another, FileTime.from(Instant.EPOCH));
            positions.add(sink.position().orElseThrow());
            Files.delete(small.layout().file(small.layout().segments().get(0)));
            positions.add(sink.position().orElseThrow());
        }
        assertThat(positions).hasSize(9).allMatch(name -> name.matches("[0-9a-f]{32}"));
    }
}
