package org.usagestats.sink.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.usagestats.sink.Durability;
import org.usagestats.sink.ExportableSink;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.QueryableSink;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.kit.IdWindow;
import org.usagestats.sink.kit.PlainEvaluation;

/** Keeps each report in a file of its own, and answers questions by reading them all. */
final class FilesSink implements QueryableSink, ExportableSink {

    /** How far back reports are read at start: the span of the id window and the day that has begun. */
    private static final Duration REMEMBERED = Duration.ofDays(31);

    private final DirectoryLock lock;
    private final ReportWriter writer;
    private final ReportReader reader;
    private final KnownReports known;

    private FilesSink(DirectoryLock lock, ReportWriter writer, ReportReader reader, KnownReports known) {
        this.lock = lock;
        this.writer = writer;
        this.reader = reader;
        this.known = known;
    }

    static FilesSink open(Path path, Durability durability) throws IOException {
        DurableDirectory directory = DurableDirectory.create(path);
        DirectoryLock lock = DirectoryLock.take(directory.path());
        try {
            ReportWriter writer = ReportWriter.open(directory, durability);
            ReportReader reader = new ReportReader(directory.path());
            IdWindow window = new IdWindow();
            reader.remember(Instant.now().minus(REMEMBERED), window);
            return new FilesSink(lock, writer, reader, new KnownReports(window));
        } catch (IOException failed) {
            lock.close();
            throw failed;
        }
    }

    @Override
    public List<Outcome> append(List<ReceivedReport> reports) throws IOException {
        KnownReports.Claim claim = known.claim(reports);
        try {
            writer.store(claim.reports());
            known.keep(claim);
            return claim.outcomes();
        } finally {
            known.release(claim);
        }
    }

    @Override
    public QueryResult query(Query query) throws IOException {
        PlainEvaluation evaluation = new PlainEvaluation(query);
        evaluation.damaged(reader.readAll(evaluation::add));
        return evaluation.result();
    }

    @Override
    public void exportJsonLines(OutputStream out) throws IOException {
        reader.readAll(json -> {
            out.write(json);
            out.write('\n');
        });
    }

    @Override
    public void close() throws IOException {
        if (!known.close()) {
            return;
        }
        try {
            writer.close();
        } finally {
            lock.close();
        }
    }
}
