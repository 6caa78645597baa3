package org.usagestats.sink.jsonl;

import static org.usagestats.sink.jsonl.Sample.NOON;
import static org.usagestats.sink.jsonl.Sample.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.usagestats.sink.Durability;
import org.usagestats.sink.Query;
import org.usagestats.sink.ReportTaker;
import org.usagestats.sink.SinkConfig;
import org.usagestats.sink.kit.Disk;
import org.usagestats.sink.testkit.FaultyDisk;
import org.usagestats.testkit.Await;

/**
 * A log in which segments are compressed, and what is seen of it.
 *
 * @param root its directory
 * @param damage what those who looked at it found
 */
record CompressedLog(Path root, List<String> damage) {

    static final Sender FORGOTTEN = new Sender("to-be-forgotten", 7);
    static final Sender OTHER = new Sender("somebody-else", 8);

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration NEVER = Duration.ofHours(1);

    CompressedLog(Path root) {
        this(root, new ArrayList<>());
    }

    Layout layout() {
        return new Layout(root);
    }

    JsonlSink open(String instance, Duration pace, Form form) throws IOException {
        Settings settings = new Settings(layout(), instance, Durability.OS, 1000, pace, Keep.FOR_EVER, form);
        return JsonlSink.open(settings, new FaultyDisk(), NOON);
    }

    /** Stores reports with numbers from 1. */
    void fill(String instance, int reports) throws IOException {
        fill(instance, 1, reports);
    }

    void fill(String instance, int first, int last) throws IOException {
        try (JsonlSink sink = open(instance, NEVER, Form.PLAIN)) {
            for (int number = first; number <= last; number++) {
                sink.append(List.of(report(number)));
            }
        }
    }

    static void send(JsonlSink sink) throws IOException {
        for (int report = 0; report < 30; report++) {
            sink.append(List.of(OTHER.report(report)));
            if (report % 3 == 0) {
                sink.append(List.of(FORGOTTEN.report(report / 3)));
            }
        }
    }

    void awaitNoTraces() throws Exception {
        Await.until(
                "nothing of them is left",
                LONG,
                () -> FORGOTTEN.traces(root, 10).isEmpty());
    }

    void compress(String instance, Disk disk) throws IOException {
        compression(instance, disk).bringUpToDate(new Upkeep.Round(NOON, 1000, new CountDownLatch(1)));
    }

    Compression compression(String instance, Disk disk) {
        return new Compression(
                new Settings(layout(), instance, Durability.OS, 1000, NEVER, Keep.FOR_EVER, Form.GZIP), disk);
    }

    static void compressByHand(Path file) throws IOException {
        twinOf(file);
        Files.delete(file);
    }

    static Path twinOf(Path file) throws IOException {
        Path twin = file.resolveSibling(file.getFileName() + ".gz");
        try (var to = Form.GZIP.to(Files.newOutputStream(twin))) {
            Files.copy(file, to);
        }
        return twin;
    }

    long imported(int reports) throws IOException {
        SinkConfig config = new SinkConfig(root.toString(), Durability.OS, "web1", Map.of());
        try (var sink = new JsonlSinkProvider().beginImport(config)) {
            for (int number = 1; number <= reports; number++) {
                sink.add(report(number));
            }
            return sink.commit();
        }
    }

    static long count(JsonlSink sink) throws IOException {
        return (Long) sink.query(Query.count()).texts().get(0).get(0);
    }

    /** What a look without any right on the log finds; damage is noted. */
    List<String> inspected() throws IOException {
        List<String> reports = new ArrayList<>();
        new LogInspection(layout(), taker(reports)).run();
        return reports;
    }

    List<String> tail(int newest) throws IOException {
        try (LogTail tail = LogTail.of(layout(), newest)) {
            return read(tail);
        }
    }

    List<String> read(LogTail tail) throws IOException {
        List<String> reports = new ArrayList<>();
        tail.read(taker(reports));
        return reports;
    }

    private ReportTaker taker(List<String> reports) {
        return new ReportTaker() {
            @Override
            public void report(Place place, byte[] json) {
                reports.add(new String(json, StandardCharsets.UTF_8));
            }

            @Override
            public void damage(Place place, String reason) {
                damage.add(place.file() + ":" + place.line() + ": " + reason);
            }
        };
    }

    List<byte[]> contents() throws IOException {
        List<byte[]> contents = new ArrayList<>();
        for (Segment segment : layout().segments()) {
            contents.add(Sample.content(layout(), segment));
        }
        return contents;
    }

    List<Path> plain() throws IOException {
        return segmentFiles(".jsonl");
    }

    List<Path> compressed() throws IOException {
        return segmentFiles(".jsonl.gz");
    }

    List<Path> unfinished() throws IOException {
        return files(layout().derived(), ".gz.tmp");
    }

    private List<Path> segmentFiles(String ending) throws IOException {
        List<Path> files = new ArrayList<>();
        for (LocalDate day : layout().days()) {
            files.addAll(files(layout().directory(day), ending));
        }
        return files;
    }

    /** Looks at names alone: a sink at work makes, renames and deletes files meanwhile. */
    private static List<Path> files(Path directory, String ending) throws IOException {
        if (Files.notExists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}
