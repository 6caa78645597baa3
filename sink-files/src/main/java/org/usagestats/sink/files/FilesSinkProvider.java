package org.usagestats.sink.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;
import org.usagestats.sink.AnsweringSinkProvider;
import org.usagestats.sink.FollowableSinkProvider;
import org.usagestats.sink.ImportingSinkProvider;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryLimits;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.ReadableSinkProvider;
import org.usagestats.sink.ReportSink;
import org.usagestats.sink.ReportTail;
import org.usagestats.sink.ReportTaker;
import org.usagestats.sink.SinkConfig;
import org.usagestats.sink.SinkImport;
import org.usagestats.sink.kit.PlainAnswer;

/** Provides the sink {@code files:DIRECTORY}, which keeps each report in a file of its own. It has no options. */
public final class FilesSinkProvider
        implements ReadableSinkProvider, FollowableSinkProvider, AnsweringSinkProvider, ImportingSinkProvider {

    /** Creates the provider. */
    public FilesSinkProvider() {}

    @Override
    public String name() {
        return "files";
    }

    @Override
    public ReportSink open(SinkConfig config) throws IOException {
        config.requireOptionsAmong(Set.of());
        return FilesSink.open(directory(config.location()), config.durability());
    }

    @Override
    public void read(SinkConfig config, ReportTaker taker) throws IOException {
        new ReportReader(existing(config)).readAll(taker);
    }

    @Override
    public ReportTail follow(SinkConfig config, int newest) throws IOException {
        return new DirectoryTail(existing(config), newest);
    }

    @Override
    public QueryResult query(SinkConfig config, Query query, QueryLimits limits) throws IOException {
        return PlainAnswer.of(this, config, query, limits);
    }

    @Override
    public SinkImport beginImport(SinkConfig config) throws IOException {
        config.requireOptionsAmong(Set.of());
        return FilesImport.begin(directory(config.location()));
    }

    private static Path existing(SinkConfig config) throws IOException {
        config.requireOptionsAmong(Set.of());
        Path directory = directory(config.location());
        if (!Files.isDirectory(directory)) {
            throw new IOException("there is no directory " + directory);
        }
        return directory;
    }

    private static Path directory(String location) {
        if (location.isBlank()) {
            throw new IllegalArgumentException("the files sink needs a directory: files:DIRECTORY");
        }
        try {
            return Path.of(location);
        } catch (InvalidPathException notAPath) {
            throw new IllegalArgumentException(
                    "the files sink needs a directory, not " + notAPath.getMessage(), notAPath);
        }
    }
}
