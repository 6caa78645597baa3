package org.usagestats.sink.columns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.usagestats.sink.Dimension;
import org.usagestats.sink.Metric;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryLimits;
import org.usagestats.sink.Selection;
import org.usagestats.sink.Span;

/**
 * A file of columns whose checksums are right and whose numbers are not, as a bug, or somebody who can write there, leaves it: it is
 * refused by an {@link IOException}, or every question about it has an answer.
 */
class HostileColumnsProperties {

    private static final byte[] ORIGIN = {1, 2, 3};
    private static final int TRAILER_BYTES = 24;
    private static final int ENTRY_BYTES = 16;
    private static final byte[] HOSTILE = {0, 1, 0x7f, (byte) 0x80, (byte) 0xff, 31, 32, 33, 64, 65};
    private static final List<Query> QUESTIONS = questions();

    private static Path directory;
    private static byte[] whole;
    private static List<Entry> entries;

    /** Where in the list a section is described, and where it stands. */
    private record Entry(int at, int offset, int length) {}

    @BeforeContainer
    static void writeColumns() throws IOException {
        directory = Files.createTempDirectory("hostile");
        Path file = directory.resolve("whole");
        try (OutputStream out = Files.newOutputStream(file)) {
            ColumnFile.Writing writing = new ColumnFile.Writing(out);
            writing.add(reports(40));
            writing.add(reports(200));
            writing.finish(ORIGIN, 0);
        }
        whole = Files.readAllBytes(file);
        entries = entries();
        Files.delete(file);
    }

    @AfterContainer
    static void clear() throws IOException {
        Files.delete(directory);
    }

    @Example
    void whatWasNotChangedIsReadAsItIs() throws IOException {
        List<Part> parts = List.of(reports(40).part(), reports(200).part());

        assertThat(entries).hasSize(26);
        assertThat(ask(repaired(whole.clone()))).isEqualTo(answers(new Columns("source", parts, parts, 0)));
    }

    /** A change of a number here and there. */
    @Property(tries = 400, shrinking = ShrinkingMode.OFF)
    void whatMakesNoSenseIsRefusedOrDoesNoHarm(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = whole.clone();
        for (int left = random.nextInt(3); left >= 0; left--) {
            change(bytes, random);
        }
        readOrRefuse(bytes);
    }

    /** Heads of sections say how much there is and how it is written: each of their bytes, with all that is special. */
    @Example
    void noHeadOfASectionMakesTrouble() {
        for (Entry entry : entries) {
            for (int place = 0; place < Math.min(3, entry.length); place++) {
                for (byte value : HOSTILE) {
                    byte[] bytes = whole.clone();
                    bytes[entry.offset + place] = value;
                    readOrRefuse(bytes);
                }
            }
        }
    }

    private static void readOrRefuse(byte[] bytes) {
        try {
            ask(repaired(bytes));
        } catch (IOException refused) {
            assertThat(refused).isNotInstanceOf(NotIndexedException.class);
        }
    }

    @Example
    void lengthsBeyondTheFileAreRefused() {
        for (Entry entry : entries) {
            for (int length : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, entry.length + 1, whole.length}) {
                byte[] bytes = whole.clone();
                little(bytes).putInt(entry.at + Long.BYTES, length);
                assertThatThrownBy(() -> ask(repaired(bytes))).isInstanceOf(IOException.class);
            }
            for (long offset : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, entry.offset + 1L, whole.length}) {
                byte[] bytes = whole.clone();
                little(bytes).putLong(entry.at, offset);
                assertThatThrownBy(() -> ask(repaired(bytes))).isInstanceOf(IOException.class);
            }
        }
    }

    private static void change(byte[] bytes, Random random) {
        int from = 0;
        int length = bytes.length - TRAILER_BYTES;
        if (random.nextInt(4) > 0) {
            Entry entry = entries.get(random.nextInt(entries.size()));
            from = entry.offset;
            length = entry.length;
        } else if (random.nextBoolean()) {
            from = listAt();
            length -= from;
        }
        if (length > 0) {
            int place = from + random.nextInt(random.nextBoolean() ? length : Math.min(8, length));
            for (int more = random.nextInt(4); more >= 0 && place + more < from + length; more--) {
                bytes[place + more] =
                        random.nextBoolean() ? (byte) random.nextInt() : HOSTILE[random.nextInt(HOSTILE.length)];
            }
        }
    }

    /** Makes the checksums hold of the sections, where they were, and of the list. */
    private static Path repaired(byte[] bytes) throws IOException {
        ByteBuffer file = little(bytes);
        for (Entry entry : entries) {
            file.putInt(entry.at + 12, Section.checksumOf(ByteBuffer.wrap(bytes, entry.offset, entry.length)));
        }
        int end = bytes.length - TRAILER_BYTES;
        file.putInt(end + 12, Section.checksumOf(ByteBuffer.wrap(bytes, listAt(), end - listAt())));
        return Files.write(directory.resolve(UUID.randomUUID().toString()), bytes);
    }

    private static int listAt() {
        return (int) little(whole).getLong(whole.length - TRAILER_BYTES);
    }

    private static List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        ByteBuffer file = little(whole);
        int offset = 0;
        for (int at = listAt(); at + ENTRY_BYTES <= whole.length - TRAILER_BYTES; at++) {
            int length = file.getInt(at + Long.BYTES);
            if (file.getLong(at) == offset
                    && length >= 0
                    && length <= listAt() - offset
                    && file.getInt(at + 12) == Section.checksumOf(ByteBuffer.wrap(whole, offset, length))) {
                entries.add(new Entry(at, offset, length));
                offset += length;
                at += ENTRY_BYTES - 1;
            }
        }
        assertThat(offset).isEqualTo(listAt());
        return entries;
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static List<String> ask(Path path) throws IOException {
        try {
            ColumnFile file = ColumnFile.open(path, ORIGIN);
            return answers(new Columns("source", file, file.parts(), file.damagedLines()));
        } finally {
            Files.delete(path);
        }
    }

    /** Asks everything, as a collector does. */
    private static List<String> answers(Columns columns) throws IOException {
        try (Workers workers = new Workers("hostile", 1, () -> false)) {
            ColumnAnswers answers = new ColumnAnswers(workers);
            List<String> said = new ArrayList<>();
            for (Query query : QUESTIONS) {
                said.add(answers.of(query, new Costs(QueryLimits.NONE), List.of(columns))
                        .toString());
            }
            said.add(answers.fields(new Costs(QueryLimits.NONE), List.of(columns))
                    .toString());
            return said;
        }
    }

    private static List<Query> questions() {
        List<Query> questions = new ArrayList<>();
        for (String field :
                List.of("id", "few", "unique", "decimal", "rare", "same", "long", "mixed", "wide", "array")) {
            questions.add(Query.of(List.of(new Dimension.Field(field)), new Metric.Count()));
            questions.add(Query.of(List.of(), new Metric.Distinct(field), new Metric.Sum(field), new Metric.Count()));
        }
        for (Selection.Clock clock : Selection.Clock.values()) {
            Query days = Query.of(
                    List.of(new Dimension.Time(Span.WEEK), new Dimension.Field("few"), new Dimension.Field("same")),
                    new Metric.Distinct("id"));
            questions.add(days.withSelection(Selection.ALL.clock(clock)));
            Query ages = Query.of(List.of(new Dimension.Age("few", Span.DAY)), new Metric.Count());
            questions.add(ages.withSelection(Selection.ALL.clock(clock)));
        }
        questions.add(Query.of(List.of(new Dimension.Time(Span.HOUR)), new Metric.Count())
                .overNewest(240));
        return questions;
    }

    private static PartBuilder reports(int count) {
        PartBuilder builder = new PartBuilder();
        for (int row = 0; row < count; row++) {
            byte[] json = (row % 39 == 38 ? "{\"broken" : report(row)).getBytes(StandardCharsets.UTF_8);
            builder.add(json, 0, json.length);
        }
        return builder;
    }

    private static String report(int row) {
        String id = new UUID(row * 0x9E3779B97F4A7C15L, row).toString();
        return "{\"report_id\":\"" + id + "\",\"server_time\":\"2026-03-" + (10 + row / 24 % 20) + "T"
                + (10 + row % 12) + ":00:00.000Z\",\"date\":\"" + (1_770_000_000L + 3600L * row) + ".500\",\"id\":\""
                + id
                + "\",\"few\":\"" + row % 5 + "x\",\"unique\":\"text " + row + "\",\"decimal\":" + row + ".25"
                + (row % 30 == 7 ? ",\"rare\":\"r" + row + "\"" : "")
                + ",\"same\":true,\"long\":\"" + "many characters ".repeat(8) + row % 20 + "\",\"mixed\":"
                + List.of("1", "\"1\"", "null", "1e5", "-0.5").get(row % 5)
                + ",\"wide\":\"\\ud800" + row % 3 + "\",\"array\":[" + row % 4 + ",{\"a\":\"\\ud800\"}]}";
    }
}
