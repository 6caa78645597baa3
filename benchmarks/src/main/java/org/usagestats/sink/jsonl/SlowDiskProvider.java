package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.usagestats.sink.ReportSink;
import org.usagestats.sink.SinkConfig;
import org.usagestats.sink.SinkProvider;

/**
 * Opens the JSON Lines sink on a disk each of whose syncs takes longer by so many milliseconds as the option
 * {@code sync-delay} says. It is in the sink's package, and so works on the class path only, to reach its disk.
 */
public final class SlowDiskProvider implements SinkProvider {

    private static final String DELAY = "sync-delay";

    /** Creates the provider. */
    public SlowDiskProvider() {}

    @Override
    public String name() {
        return "slow-jsonl";
    }

    @Override
    public ReportSink open(SinkConfig config) throws IOException {
        Map<String, String> options = new HashMap<>(config.options());
        Duration delay = Duration.ofMillis(Long.parseLong(options.remove(DELAY)));
        SinkConfig jsonl = new SinkConfig(config.location(), config.durability(), config.instance(), options);
        return JsonlSink.open(Settings.of(jsonl), new SlowDisk(delay), Instant.now());
    }
}
