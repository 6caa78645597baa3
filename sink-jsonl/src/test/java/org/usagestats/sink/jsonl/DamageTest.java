package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.usagestats.sink.jsonl.Sample.DAY;
import static org.usagestats.sink.jsonl.Sample.NOON;
import static org.usagestats.sink.jsonl.Sample.exported;
import static org.usagestats.sink.jsonl.Sample.json;
import static org.usagestats.sink.jsonl.Sample.jsonOf;
import static org.usagestats.sink.jsonl.Sample.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.sink.Durability;
import org.usagestats.sink.Query;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.testkit.FaultyDisk;

class DamageTest {

    private static final int REPORTS = 40;

    @TempDir
    Path root;

    @Test
    void flippedBitsCostTheLinesTheyAreInAndNoOther() throws IOException {
        // Small segments, so that the older ones, which no start looks after, are hit as well as the newest.
        try (JsonlSink sink = openSmall()) {
            for (int number = 1; number <= REPORTS; number++) {
                sink.append(List.of(report(number)));
            }
        }
        List<Path> segments = segments();
        assertThat(segments).hasSizeGreaterThan(3);
        Random random = new Random(20260302);
        for (int round = 0; round < 300; round++) {
            Path segment = segments.get(random.nextInt(segments.size()));
            byte[] whole = Files.readAllBytes(segment);
            Set<String> unhurt = new HashSet<>(jsonOf(1, REPORTS));
            Files.write(segment, damage(whole, random, unhurt));
            try (JsonlSink sink = openSmall()) {
                List<String> served = exported(sink);
                assertThat(served).as("round %d", round).isSubsetOf(jsonOf(1, REPORTS));
                assertThat(served).as("round %d", round).containsAll(unhurt).doesNotHaveDuplicates();
                boolean newest = segment.equals(segments.get(segments.size() - 1));
                assertThat(newest || sink.query(Query.count()).coverage().damaged() > 0)
                        .isTrue();
            }
            Files.write(segment, whole);
        }
    }

    /** Flips some bits, and takes from the unhurt the reports whose lines, or the line feeds before them, were hit. */
    private static byte[] damage(byte[] whole, Random random, Set<String> unhurt) {
        byte[] damaged = whole.clone();
        List<String> lines = new ArrayList<>();
        for (String line : new String(whole, StandardCharsets.UTF_8).split("\n")) {
            lines.add(line.substring(0, line.length() - Line.TAIL) + "}");
        }
        for (int bits = 1 + random.nextInt(8); bits > 0; bits--) {
            int at = random.nextInt(whole.length);
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            int line = 0;
            for (int i = 0; i < at; i++) {
                line += whole[i] == '\n' ? 1 : 0;
            }
            unhurt.remove(lines.get(line));
            if (whole[at] == '\n' && line + 1 < lines.size()) {
                unhurt.remove(lines.get(line + 1));
            }
        }
        return damaged;
    }

    @Test
    void aLineOfMegabytesIsKeptAndOneBeyondTheCapIsRefused() throws IOException {
        ReceivedReport large = report(new UUID(0, 1), "n:" + "x".repeat(5 << 20), NOON);
        ReceivedReport tooLarge = report(new UUID(0, 2), "n:" + "x".repeat(Line.MAX_BYTES), NOON);

        try (JsonlSink sink = Sample.open(root)) {
            sink.append(List.of(large));
            assertThatThrownBy(() -> sink.append(List.of(tooLarge)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("8388608");
            assertThat(exported(sink)).containsExactly(json(large));
        }
        try (JsonlSink sink = Sample.open(root)) {
            assertThat(exported(sink)).containsExactly(json(large));
        }
    }

    @Test
    void linesPutThereByHandAreReadWithAndWithoutChecksum() throws IOException {
        Path day = Files.createDirectories(root.resolve(DAY));
        Files.writeString(
                day.resolve("import.jsonl"),
                json(report(1)) + "\nrubbish\n" + new String(Line.of(report(2).json()), StandardCharsets.UTF_8)
                        + "{\"half\":");

        try (JsonlSink sink = Sample.open(root)) {
            assertThat(exported(sink)).isEqualTo(jsonOf(1, 2));
            assertThat(sink.query(Query.count()).coverage().matched()).isEqualTo(2);
            assertThat(sink.query(Query.count()).coverage().damaged()).isEqualTo(2);
        }
    }

    @Test
    void aSegmentThatCannotBeReadIsCountedAndDoesNotHideTheOthers() throws IOException {
        Files.createDirectories(root.resolve(DAY).resolve("web0-000001.jsonl"));

        try (JsonlSink sink = Sample.open(root)) {
            sink.append(List.of(report(1)));
            assertThat(exported(sink)).isEqualTo(jsonOf(1, 1));
            assertThat(sink.query(Query.count()).coverage().damaged()).isEqualTo(1);
        }
    }

    @Test
    void whatIsNotOfTheLogIsLeftAlone() throws IOException {
        Files.createDirectories(root.resolve("dt=yesterday"));
        Files.writeString(root.resolve("dt=yesterday").resolve("a.jsonl"), "{}\n");
        Files.writeString(Files.createDirectories(root.resolve(DAY)).resolve("notes.txt"), "{}\n");
        Files.writeString(root.resolve("dt=2026-03-02"), "a file");

        try (JsonlSink sink = Sample.open(root)) {
            assertThat(sink.query(Query.count()).coverage().matched()).isZero();
            assertThat(sink.query(Query.count()).coverage().damaged()).isZero();
        }
    }

    private JsonlSink openSmall() throws IOException {
        return JsonlSink.open(Sample.settings(root, Durability.ALWAYS, 1000), new FaultyDisk(), NOON);
    }

    private List<Path> segments() throws IOException {
        Layout layout = new Layout(root);
        return layout.segments().stream().map(layout::file).toList();
    }
}
