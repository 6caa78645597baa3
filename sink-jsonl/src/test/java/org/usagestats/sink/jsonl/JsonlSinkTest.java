package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usagestats.sink.jsonl.Sample.DAY;
import static org.usagestats.sink.jsonl.Sample.exported;
import static org.usagestats.sink.jsonl.Sample.jsonOf;
import static org.usagestats.sink.jsonl.Sample.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.Query;

class JsonlSinkTest {

    @TempDir
    Path root;

    @Test
    void reportsAreKeptAndRecognisedOverARestart() throws IOException {
        try (JsonlSink sink = Sample.open(root)) {
            assertThat(sink.append(List.of(report(1), report(2)))).containsExactly(Outcome.STORED, Outcome.STORED);
            assertThat(sink.append(List.of(report(2), report(3)))).containsExactly(Outcome.DUPLICATE, Outcome.STORED);
        }
        try (JsonlSink sink = Sample.open(root)) {
            assertThat(sink.append(List.of(report(3), report(4)))).containsExactly(Outcome.DUPLICATE, Outcome.STORED);
            assertThat(exported(sink)).isEqualTo(jsonOf(1, 4));
            assertThat(sink.query(Query.count()).coverage().matched()).isEqualTo(4);
        }
        assertThat(Files.readString(root.resolve(DAY).resolve("web1-000001.jsonl")))
                .hasLineCount(3);
    }
}
