package org.usagestats.sink.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.usagestats.api.Erasure;
import org.usagestats.sink.Durability;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.testkit.FaultyDisk;
import org.usagestats.sink.testkit.PowerCutDisk;
import org.usagestats.testkit.ReceivedReports;

/** What was asked of sinks in one directory, and when the disk had made how many changes they said that it was done. */
final class History {

    /** A number that no report has which was sent before the power went. */
    static final int LATER = 9_000;

    private static final String SECRET = "5".repeat(64);
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    private final Path directory;
    private final PowerCutDisk disk;
    private final Map<Integer, Integer> sent = new ConcurrentSkipListMap<>();
    private final Map<Integer, Integer> stored = new ConcurrentSkipListMap<>();
    private final Map<Integer, Integer> unwanted = new ConcurrentSkipListMap<>();
    private final Map<Integer, Integer> erased = new ConcurrentSkipListMap<>();

    History(Path directory, PowerCutDisk disk) {
        this.directory = directory;
        this.disk = disk;
    }

    /** Text and JSON in turn, three of each millisecond; its id and content say its number. */
    static ReceivedReport report(int number) {
        Instant received = NOW.plusMillis(number / 3);
        ReceivedReport.Builder report = number % 2 == 0
                ? ReceivedReports.text(received, "date:1.500", "n:" + number)
                : ReceivedReports.json(received, "\"n\":" + number);
        return report.id(id(number)).eraseHash(erasure(number).hash()).build();
    }

    static List<ReceivedReport> reports(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(History::report).toList();
    }

    private static UUID id(int number) {
        return new UUID(0, number);
    }

    private static Erasure erasure(int number) {
        return new Erasure(id(number), SECRET);
    }

    private static String json(int number) {
        return new String(report(number).json(), StandardCharsets.UTF_8);
    }

    PowerCutDisk disk() {
        return disk;
    }

    FilesSink open(Durability durability) throws IOException {
        return FilesSink.open(disk, directory, durability);
    }

    /** Sends the reports of these numbers in one batch, which the sink acknowledges or throws. */
    void append(FilesSink sink, int first, int last) throws IOException {
        noteSent(first, last);
        assertThat(sink.append(reports(first, last))).doesNotContain(Outcome.CONFLICT);
        noteStored(first, last);
    }

    /** Imports the reports of these numbers. */
    void bringIn(int first, int last) throws IOException {
        noteSent(first, last);
        try (FilesImport run = FilesImport.begin(disk, directory, contents -> contents)) {
            for (ReceivedReport report : reports(first, last)) {
                run.add(report);
            }
            run.commit();
            noteStored(first, last);
        }
    }

    /** Asks for the erasure of the reports of these numbers at once. */
    void erase(FilesSink sink, int first, int last) throws IOException {
        note(unwanted, first, last);
        sink.erase(IntStream.rangeClosed(first, last).mapToObj(History::erasure).toList());
        note(erased, first, last);
    }

    private void noteSent(int first, int last) {
        note(sent, first, last);
    }

    /** Says that the reports of these numbers are promised from now on. */
    void noteStored(int first, int last) {
        note(stored, first, last);
    }

    private void note(Map<Integer, Integer> what, int first, int last) {
        IntStream.rangeClosed(first, last).forEach(number -> what.putIfAbsent(number, disk.changes()));
    }

    /** Cuts the power after the last change, and after others since the first that is named, and checks what is left each time. */
    void cut(int first, int cuts, Random chance, Path temporary) throws IOException {
        assertThat(disk.isFaithful()).isTrue();
        int last = disk.changes();
        for (int cut = 0; cut < cuts; cut++) {
            int changes = cut == 0 ? last : first + chance.nextInt(last - first + 1);
            Path left = Files.createTempDirectory(temporary, "left");
            disk.left(changes, chance, left);
            check(left, changes, "cut " + cut + ", after change " + changes + " of " + last);
        }
    }

    /** Checks what is there now. */
    void checkNow(String when) throws IOException {
        check(directory, disk.changes(), when);
    }

    private void check(Path left, int changes, String when) throws IOException {
        try (FilesSink sink = FilesSink.open(new FaultyDisk(), left, Durability.ALWAYS)) {
            Set<String> there = new TreeSet<>(exported(sink));
            assertThat(there).as(when).isSubsetOf(json(sent.keySet())).containsAll(json(owed(changes)));
            assertThat(there)
                    .as("not erased, %s", when)
                    .filteredOn(json(erasedAt(changes))::contains)
                    .isEmpty();
            QueryResult perReport = sink.query(Query.count("n"));
            assertThat(perReport.coverage().damaged()).as(when).isZero();
            assertThat(perReport.texts())
                    .as(when)
                    .hasSize(there.size())
                    .allSatisfy(row -> assertThat(row.get(1)).isEqualTo(1L));
            checkThatItGoesOn(sink, there, changes, when);
        }
        try (Stream<Path> files = Files.list(left)) {
            assertThat(files)
                    .as(when)
                    .allSatisfy(
                            file -> assertThat(ReportName.of(file.getFileName().toString()))
                                    .isPresent());
        }
    }

    private void checkThatItGoesOn(FilesSink sink, Set<String> there, int changes, String when) throws IOException {
        for (int number : owed(changes)) {
            assertThat(sink.append(List.of(report(number))))
                    .as("%d sent again, %s", number, when)
                    .containsExactly(Outcome.DUPLICATE);
        }
        assertThat(sink.append(List.of(report(LATER)))).as(when).containsExactly(Outcome.STORED);
        Set<String> more = new TreeSet<>(there);
        more.add(json(LATER));
        assertThat(new TreeSet<>(exported(sink))).as(when).isEqualTo(more);
    }

    /** Which reports must be there after so many changes. */
    private List<Integer> owed(int changes) {
        return stored.keySet().stream()
                .filter(number -> stored.get(number) <= changes)
                .filter(number -> unwanted.getOrDefault(number, Integer.MAX_VALUE) >= changes)
                .toList();
    }

    /** Which reports must not be there after so many changes. */
    private List<Integer> erasedAt(int changes) {
        return erased.keySet().stream()
                .filter(number -> erased.get(number) <= changes)
                .toList();
    }

    private static List<String> json(Iterable<Integer> numbers) {
        List<String> json = new ArrayList<>();
        numbers.forEach(number -> json.add(json(number)));
        return json;
    }

    private static List<String> exported(FilesSink sink) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        sink.exportJsonLines(out);
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
