package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.sink.Durability;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.ReportTaker;
import org.usagestats.sink.testkit.FaultyDisk;

/** The newest reports of a log and those that arrive, read beside the sinks that write it. */
class LogTailTest {

    @TempDir
    private Path root;

    private final List<String> damage = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 10, 11, 500})
    void firstComeTheNewestReportsAndThenEachThatArrivesOnce(int newest) throws IOException {
        try (JsonlSink sink = Sample.open(root)) {
            append(sink, 1, 10);
            try (LogTail tail = tail(newest)) {
                assertThat(read(tail)).isEqualTo(Sample.jsonOf(Math.max(1, 11 - newest), 10));
                assertThat(read(tail)).isEmpty();
                append(sink, 11, 13);
                assertThat(read(tail)).isEqualTo(Sample.jsonOf(11, 13));
                assertThat(read(tail)).isEmpty();
            }
        }
    }

    @Test
    void aLogWithoutReportsIsFollowedFromItsFirstSegment() throws IOException {
        try (LogTail tail = tail(10)) {
            assertThat(read(tail)).isEmpty();
            try (JsonlSink sink = Sample.open(root)) {
                append(sink, 1, 2);
                assertThat(read(tail)).isEqualTo(Sample.jsonOf(1, 2));
            }
        }
    }

    @Test
    void nothingIsMissedWhenSegmentsAreSealedAndBegunBetweenTwoLooks() throws IOException {
        Settings small = Sample.settings(root, Durability.OS, 300);
        try (JsonlSink sink = JsonlSink.open(small, new FaultyDisk(), Sample.NOON)) {
            append(sink, 1, 20);
            try (LogTail tail = tail(7)) {
                assertThat(read(tail)).isEqualTo(Sample.jsonOf(14, 20));
                append(sink, 21, 60);
                assertThat(read(tail)).isEqualTo(Sample.jsonOf(21, 60));
                append(sink, 61, 61);
                assertThat(read(tail)).isEqualTo(Sample.jsonOf(61, 61));
            }
        }
        assertThat(new Layout(root).segments()).hasSizeGreaterThan(10);
    }

    @Test
    void aRestartAndANewDayAreFollowed() throws IOException {
        try (LogTail tail = tail(10)) {
            assertThat(read(tail)).isEmpty();
            try (JsonlSink sink = Sample.open(root)) {
                append(sink, 1, 1);
            }
            try (JsonlSink sink = Sample.open(root)) {
                append(sink, 2, 2);
                ReceivedReport nextDay = Sample.report(3, Sample.NOON.plus(Duration.ofDays(1)));
                sink.append(List.of(nextDay));
                assertThat(read(tail))
                        .containsExactly(
                                Sample.json(Sample.report(1)), Sample.json(Sample.report(2)), Sample.json(nextDay));
            }
        }
        try (LogTail tail = tail(2)) {
            assertThat(read(tail)).hasSize(2).last().asString().contains("2026-03-02");
        }
    }

    @Test
    void severalInstancesAreMergedByTheTimeOfReceipt() throws IOException {
        try (JsonlSink one = Sample.open(root);
                JsonlSink two = JsonlSink.open(instance("web2"), new FaultyDisk(), Sample.NOON)) {
            for (int number = 1; number <= 9; number++) {
                append(number % 2 == 0 ? one : two, number, number);
            }
            try (LogTail tail = tail(4)) {
                assertThat(read(tail)).isEqualTo(Sample.jsonOf(6, 9));
                append(one, 10, 10);
                append(two, 11, 11);
                assertThat(read(tail)).containsExactlyInAnyOrderElementsOf(Sample.jsonOf(10, 11));
            }
        }
    }

    @Test
    void aLineThatIsLongerThanTheFirstLookBackIsFound() throws IOException {
        ReceivedReport wide = ReceivedReport.text(
                        ("date:1.000\nlong:" + "x".repeat(300_000) + "\n").getBytes(StandardCharsets.UTF_8),
                        Sample.NOON.plusMillis(2))
                .build();
        try (JsonlSink sink = Sample.open(root)) {
            append(sink, 1, 1);
            sink.append(List.of(wide));
            try (LogTail none = tail(0);
                    LogTail two = tail(2)) {
                assertThat(read(none)).isEmpty();
                assertThat(read(two)).containsExactly(Sample.json(Sample.report(1)), Sample.json(wide));
                append(sink, 3, 3);
                assertThat(read(none)).isEqualTo(Sample.jsonOf(3, 3));
            }
        }
    }

    @Test
    void aLineIsHandedOverWhenAllOfItIsThereAndNotIfItIsTakenBack() throws IOException {
        byte[] line = Line.of(Sample.report(1).json());
        Path segment = Files.createDirectories(root.resolve(Sample.DAY)).resolve("web1-000001.jsonl");
        Files.write(segment, Arrays.copyOf(line, line.length - 5));
        try (LogTail tail = tail(10)) {
            assertThat(read(tail)).isEmpty();
            Files.write(segment, line);
            assertThat(read(tail)).isEqualTo(Sample.jsonOf(1, 1));

            Files.write(segment, Line.of(Sample.report(2).json()), StandardOpenOption.APPEND);
            assertThat(read(tail)).isEqualTo(Sample.jsonOf(2, 2));
            Files.write(segment, line);
            assertThat(read(tail)).isEmpty();
            Files.write(segment, Line.of(Sample.report(3).json()), StandardOpenOption.APPEND);
            assertThat(read(tail)).isEqualTo(Sample.jsonOf(3, 3));
        }
        assertThat(damage).isEmpty();
    }

    @Test
    void damageThatArrivesIsToldByFileAndPassedOver() throws IOException {
        Path segment = Files.createDirectories(root.resolve(Sample.DAY)).resolve("web1-000001.jsonl");
        Files.write(segment, Line.of(Sample.report(1).json()));
        try (LogTail tail = tail(0)) {
            assertThat(read(tail)).isEmpty();
            byte[] flipped = Line.of(Sample.report(2).json());
            flipped[10] ^= 1;
            Files.write(segment, flipped, StandardOpenOption.APPEND);
            Files.write(segment, Line.of(Sample.report(3).json()), StandardOpenOption.APPEND);
            assertThat(read(tail)).isEqualTo(Sample.jsonOf(3, 3));
        }
        assertThat(damage).containsExactly(Sample.DAY + "/web1-000001.jsonl: its checksum does not hold");
    }

    @Test
    void whatWasErasedIsNotShownAlsoBeforeItIsRewritten() throws IOException {
        Sender forgotten = new Sender("to-be-forgotten", 7);
        try (JsonlSink sink = Sample.open(root)) {
            append(sink, 1, 1);
            sink.append(List.of(forgotten.report(0)));
            try (LogTail early = tail(10)) {
                assertThat(read(early)).hasSize(2);
                sink.append(List.of(forgotten.report(1)));
                sink.erase(forgotten.erasures(2));
                append(sink, 3, 3);
                assertThat(read(early)).isEqualTo(Sample.jsonOf(3, 3));
            }
            try (LogTail late = tail(10)) {
                assertThat(read(late)).containsExactly(Sample.json(Sample.report(1)), Sample.json(Sample.report(3)));
            }
        }
    }

    @Test
    void aDirectoryThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> LogTail.of(new Layout(root.resolve("no")), 10))
                .isInstanceOf(IOException.class)
                .hasMessage("there is no directory " + root.resolve("no"));
    }

    private LogTail tail(int newest) throws IOException {
        return LogTail.of(new Layout(root), newest);
    }

    private Settings instance(String name) {
        return new Settings(
                new Layout(root), name, Durability.OS, 1 << 20, Duration.ofHours(1), Keep.FOR_EVER, Form.PLAIN);
    }

    private static void append(JsonlSink sink, int first, int last) throws IOException {
        for (int number = first; number <= last; number++) {
            sink.append(List.of(Sample.report(number)));
        }
    }

    private List<String> read(LogTail tail) throws IOException {
        List<String> reports = new ArrayList<>();
        tail.read(new ReportTaker() {
            @Override
            public void report(Place place, byte[] json) {
                reports.add(new String(json, StandardCharsets.UTF_8));
            }

            @Override
            public void damage(Place place, String reason) {
                damage.add(place + ": " + reason);
            }
        });
        return reports;
    }
}
