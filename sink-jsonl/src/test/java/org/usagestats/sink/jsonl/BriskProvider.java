package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.usagestats.sink.ReportSink;
import org.usagestats.sink.SinkConfig;
import org.usagestats.sink.SinkProvider;
import org.usagestats.sink.kit.LocalDisk;

/** Opens sinks with tiny segments that are compressed as soon as they are sealed. */
final class BriskProvider implements SinkProvider {

    private static final long SEGMENT_BYTES = 300;
    private static final Duration PACE = Duration.ofMillis(15);

    @Override
    public String name() {
        return "jsonl";
    }

    @Override
    public ReportSink open(SinkConfig config) throws IOException {
        Settings asked = Settings.of(config);
        Settings settings = new Settings(
                asked.layout(), asked.instance(), asked.durability(), SEGMENT_BYTES, PACE, asked.keep(), Form.GZIP);
        try {
            return JsonlSink.open(settings, new LocalDisk(), Instant.now());
        } catch (IOException refused) {
            throw new IOException("cannot open " + settings.layout().root() + ": " + refused.getMessage(), refused);
        }
    }
}
