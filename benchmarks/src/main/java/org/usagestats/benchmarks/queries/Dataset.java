package org.usagestats.benchmarks.queries;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.usagestats.sink.Durability;
import org.usagestats.sink.SinkConfig;
import org.usagestats.sink.SinkImport;
import org.usagestats.sink.jsonl.JsonlSinkProvider;

/**
 * The same reports twice: as the sink keeps them, and in one file of another origin.
 *
 * @param directory where both are
 * @param reports how many
 */
record Dataset(Path directory, int reports) {

    private static final String OUR_ID = "{\"report_id\":";
    private static final String OTHER_ID = "{\"id\":";

    /** Makes up the reports that are not there yet. */
    static Dataset in(Path parent, int reports) throws IOException {
        Dataset dataset = new Dataset(parent.resolve("reports-" + reports), reports);
        if (!Files.exists(dataset.complete())) {
            System.err.println("making up " + reports + " reports in " + dataset.directory);
            dataset.make();
            Files.createFile(dataset.complete());
        }
        return dataset;
    }

    private Path complete() {
        return directory.resolve("complete");
    }

    /** The sink's directory. */
    Path log() {
        return directory.resolve("log");
    }

    /** A sink's directory with nothing in it but {@link #file}. */
    Path elsewhere() {
        return directory.resolve("elsewhere");
    }

    /**
     * One object a line. What the sink calls {@code report_id} is called {@code id} there: it means nothing to those who count,
     * where the sink would count each report of its own once.
     */
    Path file() {
        return elsewhere().resolve("dt=" + MadeUpReports.day(0)).resolve("foreign.jsonl");
    }

    private void make() throws IOException {
        Files.createDirectories(file().getParent());
        SinkConfig config = new SinkConfig(log().toString(), Durability.ALWAYS, "import", Map.of());
        try (SinkImport log = new JsonlSinkProvider().beginImport(config);
                OutputStream file = new BufferedOutputStream(Files.newOutputStream(file()), 1 << 20)) {
            byte[] id = OTHER_ID.getBytes(StandardCharsets.US_ASCII);
            new MadeUpReports(reports).forEach(report -> {
                log.add(report);
                file.write(id);
                file.write(report.json(), OUR_ID.length(), report.json().length - OUR_ID.length());
                file.write('\n');
            });
            log.commit();
        }
    }

    long fileBytes() throws IOException {
        return Files.size(file());
    }

    long logBytes() throws IOException {
        return bytes(log(), ".jsonl");
    }

    long columnBytes() throws IOException {
        return bytes(log(), ".columns");
    }

    private static long bytes(Path directory, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            long bytes = 0;
            for (Path file :
                    files.filter(one -> one.toString().endsWith(ending)).toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        }
    }

    /** Deletes the columns, so that they are made again. */
    void deleteColumns() throws IOException {
        try (Stream<Path> files = Files.walk(log())) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".columns")).toList()) {
                Files.delete(file);
            }
        }
    }
}
