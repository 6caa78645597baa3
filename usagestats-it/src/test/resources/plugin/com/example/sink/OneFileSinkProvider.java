package com.example.sink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.ReportSink;
import org.usagestats.sink.SinkConfig;
import org.usagestats.sink.SinkProvider;

/** The smallest sink: it appends the canonical JSON of every report to one file. */
public final class OneFileSinkProvider implements SinkProvider {

    @Override
    public String name() {
        return "one-file";
    }

    @Override
    public ReportSink open(SinkConfig config) {
        config.requireOptionsAmong(Set.of());
        Path file = Path.of(config.location());
        return new ReportSink() {
            @Override
            public synchronized List<Outcome> append(List<ReceivedReport> reports) throws IOException {
                List<Outcome> outcomes = new ArrayList<>();
                for (ReceivedReport report : reports) {
                    String line = new String(report.json(), StandardCharsets.UTF_8) + "\n";
                    Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                    outcomes.add(Outcome.STORED);
                }
                return outcomes;
            }

            @Override
            public void close() {}
        };
    }
}
