package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.time.Instant;
import org.usagestats.sink.AnsweringSinkProvider;
import org.usagestats.sink.FollowableSinkProvider;
import org.usagestats.sink.ImportingSinkProvider;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryLimits;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.QueryTooLargeException;
import org.usagestats.sink.ReadableSinkProvider;
import org.usagestats.sink.ReportSink;
import org.usagestats.sink.ReportTail;
import org.usagestats.sink.ReportTaker;
import org.usagestats.sink.SinkConfig;
import org.usagestats.sink.SinkImport;
import org.usagestats.sink.kit.LocalDisk;
import org.usagestats.sink.kit.PlainAnswer;

/**
 * Opens sinks that keep reports in JSON Lines files.
 *
 * <p>The location is a directory, created if it is absent. Any number of collectors share it under different instance
 * names. The option {@code segment-size} is the length in MiB at which a file is closed and the next one begun: 1 to 4096,
 * 64 if not given. The option {@code keep}, such as {@code 90days} or {@code 25months}, is for how long reports are kept,
 * at least {@code 31days}: closed files go as a whole by the day of their directory, each with a line in the log. Without it
 * nothing is deleted. With the option {@code compress=gzip} closed files are compressed in the background, to {@code .jsonl.gz};
 * without it, or with {@code none}, they stay as they are. Compressed files are read in either case.
 */
public final class JsonlSinkProvider
        implements ReadableSinkProvider, FollowableSinkProvider, AnsweringSinkProvider, ImportingSinkProvider {

    private static final System.Logger LOG = System.getLogger("org.usagestats.sink.jsonl");

    /** How much of the memory may hold what a question reads from segments without columns. */
    private static final int SHARE_OF_HEAP = 4;

    /** Creates the provider. */
    public JsonlSinkProvider() {}

    @Override
    public String name() {
        return "jsonl";
    }

    @Override
    public ReportSink open(SinkConfig config) throws IOException {
        Settings settings = Settings.of(config);
        try {
            return JsonlSink.open(settings, new LocalDisk(), Instant.now());
        } catch (IOException refused) {
            throw new IOException("cannot open " + settings.layout().root() + ": " + Failure.reason(refused), refused);
        }
    }

    @Override
    public void read(SinkConfig config, ReportTaker taker) throws IOException {
        new LogInspection(Settings.of(config).layout(), taker).run();
    }

    @Override
    public ReportTail follow(SinkConfig config, int newest) throws IOException {
        return LogTail.of(Settings.of(config).layout(), newest);
    }

    @Override
    public QueryResult query(SinkConfig config, Query query, QueryLimits limits) throws IOException {
        Layout layout = Settings.of(config).layout();
        if (!Files.isDirectory(layout.root())) {
            throw new IOException("there is no directory " + layout.root());
        }
        try {
            long most = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
            return new ColumnInspection(layout, most).answer(query, limits);
        } catch (QueryTooLargeException tooLarge) {
            throw tooLarge;
        } catch (IOException notFromColumns) {
            LOG.log(Level.DEBUG, "a question is answered report by report: {0}", Failure.reason(notFromColumns));
            return PlainAnswer.of(this, config, query, limits);
        }
    }

    @Override
    public SinkImport beginImport(SinkConfig config) throws IOException {
        Layout layout = Settings.of(config).layout();
        try {
            return LogImport.begin(layout, new LocalDisk());
        } catch (IOException refused) {
            throw new IOException("cannot import into " + layout.root() + ": " + Failure.reason(refused), refused);
        }
    }
}
