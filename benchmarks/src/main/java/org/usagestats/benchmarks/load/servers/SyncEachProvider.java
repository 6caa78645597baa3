package org.usagestats.benchmarks.load.servers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.ReportSink;
import org.usagestats.sink.SinkConfig;
import org.usagestats.sink.SinkProvider;

/**
 * Opens a sink that recognises nothing and syncs each request's reports by themselves: what a collector does that has not
 * heard of group commit. The option {@code sync-delay} makes each sync longer, by milliseconds.
 */
public final class SyncEachProvider implements SinkProvider {

    /** Creates the provider. */
    public SyncEachProvider() {}

    @Override
    public String name() {
        return "sync-each";
    }

    @Override
    public ReportSink open(SinkConfig config) throws IOException {
        Duration delay = Duration.ofMillis(Long.parseLong(config.options().getOrDefault("sync-delay", "0")));
        FileChannel file =
                FileChannel.open(Path.of(config.location()), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return new SyncEach(file, delay);
    }

    private record SyncEach(FileChannel file, Duration delay) implements ReportSink {

        @Override
        public List<Outcome> append(List<ReceivedReport> reports) throws IOException {
            List<Outcome> outcomes = new ArrayList<>();
            ByteBuffer lines = lines(reports);
            reports.forEach(report -> outcomes.add(Outcome.STORED));
            synchronized (file) {
                while (lines.hasRemaining()) {
                    file.write(lines);
                }
                file.force(false);
                if (!delay.isZero()) {
                    LockSupport.parkNanos(delay.toNanos());
                }
            }
            return outcomes;
        }

        private static ByteBuffer lines(List<ReceivedReport> reports) {
            ByteBuffer lines = ByteBuffer.allocate(reports.stream()
                    .mapToInt(report -> report.json().length + 1)
                    .sum());
            reports.forEach(report -> lines.put(report.json()).put((byte) '\n'));
            return lines.flip();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
