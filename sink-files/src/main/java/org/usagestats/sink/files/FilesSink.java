package org.usagestats.sink.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.usagestats.api.Erasure;
import org.usagestats.sink.Durability;
import org.usagestats.sink.ErasableSink;
import org.usagestats.sink.ExportableSink;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryLimits;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.QueryableSink;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.SeenField;
import org.usagestats.sink.Selection;
import org.usagestats.sink.kit.Disk;
import org.usagestats.sink.kit.EraseKey;
import org.usagestats.sink.kit.IdWindow;
import org.usagestats.sink.kit.LocalDisk;
import org.usagestats.sink.kit.PlainEvaluation;
import org.usagestats.sink.kit.PlainFields;
import org.usagestats.sink.kit.SelectedReports;

/** Keeps each report in a file of its own, and answers questions by reading them all. */
final class FilesSink implements QueryableSink, ExportableSink, ErasableSink {

    /** How far back reports are read at start: the span of the id window and the day that has begun. */
    private static final Duration REMEMBERED = Duration.ofDays(31);

    private final DirectoryLock lock;
    private final ReportWriter writer;
    private final ReportReader reader;
    private final KnownReports known;
    private final ErasableReports erasable;

    private FilesSink(DirectoryLock lock, ReportWriter writer, ReportReader reader, KnownReports known) {
        this.lock = lock;
        this.writer = writer;
        this.reader = reader;
        this.known = known;
        this.erasable = new ErasableReports(reader);
    }

    static FilesSink open(Path path, Durability durability) throws IOException {
        return open(new LocalDisk(), path, durability);
    }

    static FilesSink open(Disk disk, Path path, Durability durability) throws IOException {
        DurableDirectory directory = DurableDirectory.create(disk, path);
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
        List<Path> files = new ArrayList<>();
        try {
            writer.store(claim.reports(), files);
            known.keep(claim);
            return claim.outcomes();
        } finally {
            note(claim.reports(), files);
            known.release(claim);
        }
    }

    /** Notes where an erasure will find the reports, also those that a failure left which nobody was told are kept. */
    private void note(List<ReceivedReport> reports, List<Path> files) {
        for (int i = 0; i < files.size() && erasable.isNoting(); i++) {
            ReceivedReport report = reports.get(i);
            String file = String.valueOf(files.get(i).getFileName());
            report.eraseHash()
                    .map(hash -> EraseKey.of(report.id().orElseThrow(), hash))
                    .ifPresent(key -> ReportName.of(file).ifPresent(name -> erasable.add(key, name)));
        }
    }

    /**
     * Deletes the files, which is all there is to remember. A report that is not found stays awaited, also if the files
     * could not be deleted, and the id of one that is found stays in the window.
     */
    @Override
    public void erase(List<Erasure> erasures) throws IOException {
        Map<EraseKey, Erasure> wanted = new LinkedHashMap<>();
        erasures.forEach(erasure -> wanted.put(EraseKey.of(erasure), erasure));
        known.await(wanted);
        writer.remove(erasable.find(wanted.keySet()));
        erasable.remove(wanted.keySet());
    }

    @Override
    public QueryResult query(Query query, QueryLimits limits) throws IOException {
        PlainEvaluation evaluation = new PlainEvaluation(query, limits);
        do {
            evaluation.damaged(reader.readAll(evaluation::add));
        } while (evaluation.again());
        return evaluation.result();
    }

    @Override
    public List<SeenField> fields(QueryLimits limits) throws IOException {
        PlainFields fields = new PlainFields(limits);
        reader.readAll(fields::add);
        return fields.fields();
    }

    @Override
    public Optional<String> position() throws IOException {
        return reader.position();
    }

    @Override
    public void exportJsonLines(Selection selection, OutputStream out) throws IOException {
        SelectedReports selected = new SelectedReports(selection);
        reader.readAll(json -> {
            if (selected.hold(json)) {
                out.write(json);
                out.write('\n');
            }
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
