package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.usagestats.sink.Durability;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryLimits;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.kit.LocalDisk;
import org.usagestats.sink.kit.PlainAnswer;
import org.usagestats.testkit.StrangeReports;
import org.usagestats.testkit.TemporaryFolder;

/** Whatever is in a folder, and whoever writes to it: a question from outside has the answer of a plain scan, and changes nothing. */
class ColumnInspectionProperties {

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void beforeDuringAndAfterACollectorTheAnswerIsThatOfAPlainScan(@ForAll long seed) throws IOException {
        try (TemporaryFolder folder = new TemporaryFolder()) {
            check(seed, folder.path());
        }
    }

    private static void check(long seed, Path folder) throws IOException {
        Random random = new Random(seed);
        RandomLog log = new RandomLog(random);
        RandomQuestion questions = new RandomQuestion(random);
        for (String name : List.of("web2-000001.jsonl", "web2-000002.jsonl", "by-hand.jsonl")) {
            log.writeSegment(folder, name, random.nextInt(40));
        }
        ask(questions.next(), folder, seed);
        for (Duration pace : List.of(Duration.ofHours(1), Duration.ofMillis(5), Duration.ofHours(1))) {
            Settings settings = new Settings(
                    new Layout(folder), Sample.INSTANCE, Durability.OS, 10_000, pace, Keep.FOR_EVER, Form.PLAIN);
            try (JsonlSink sink =
                    JsonlSink.open(settings, new LocalDisk(), StrangeReports.START.plus(StrangeReports.PERIOD))) {
                for (int step = 0; step < 6; step++) {
                    sink.append(IntStream.range(0, random.nextInt(40))
                            .mapToObj(i -> log.report())
                            .toList());
                    if (random.nextInt(3) == 0) {
                        sink.erase(List.of(StrangeReports.erasure(random.nextInt(50))));
                    }
                    sink.query(questions.next());
                    // While reports are taken from the disk, two looks at it may differ in what is damaged.
                    if (pace.toHours() > 0) {
                        ask(questions.next(), folder, seed);
                    }
                }
            }
            ask(questions.next(), folder, seed);
        }
    }

    private static void ask(Query query, Path folder, long seed) throws IOException {
        QueryResult plain =
                PlainAnswer.of(new JsonlSinkProvider(), ColumnInspectionTest.config(folder), query, QueryLimits.NONE);
        Map<String, FileTime> before = files(folder);
        assertThat(new JsonlSinkProvider().query(ColumnInspectionTest.config(folder), query, QueryLimits.NONE))
                .as("seed %s: %s", seed, query)
                .isEqualTo(plain);
        assertThat(files(folder)).as("files, and when they were changed").isEqualTo(before);
    }

    private static Map<String, FileTime> files(Path folder) throws IOException {
        Map<String, FileTime> files = new HashMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.toList()) {
                files.put(file.toString(), Files.getLastModifiedTime(file));
            }
        }
        return files;
    }
}
