package org.usagestats.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;
import org.usagestats.api.Field;
import org.usagestats.api.Flag;
import org.usagestats.api.Note;
import org.usagestats.api.Part;
import org.usagestats.api.Recorder;
import org.usagestats.api.Session;
import org.usagestats.api.Submission.Fate;
import org.usagestats.api.UsageStats;

/** Whatever a program hands over, it never notices, and the report holds what the rules let through and counts the rest. */
class BadInputProperties {

    private final PrintStream standardError = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private Path directory;

    /** A key and a value as a program might hand them over. */
    record Given(String key, Object value) {}

    @BeforeTry
    void open() throws IOException {
        directory = Files.createTempDirectory("bad-input");
        System.setErr(new PrintStream(printed, true, UTF_8));
    }

    @AfterTry
    void close() throws IOException {
        System.setErr(standardError);
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Collections.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }

    @Property(tries = 300)
    void theReportHoldsWhatTheRulesLetThroughAndCountsTheRest(
            @ForAll("given") List<Given> noted,
            @ForAll("given") List<Given> mapped,
            @ForAll("given") List<Given> submitted,
            @ForAll("flags") List<Flag> flags,
            @ForAll boolean declares) {
        Expected expected = new Expected();
        try (UsageStats stats = declares ? declaring() : builder().open()) {
            for (Given given : noted) {
                stats.note(given.key(), given.value());
                expected.note(given.key(), given.value());
            }
            Map<String, Object> map = new LinkedHashMap<>();
            mapped.forEach(given -> map.put(given.key(), given.value()));
            stats.note(map);
            map.forEach(expected::note);
            List<Part> parts = new ArrayList<>();
            for (Given given : submitted) {
                parts.add(given.value() instanceof String value ? new Note(given.key(), value) : null);
                expected.note(given.key(), given.value() instanceof String ? given.value() : null);
            }
            parts.addAll(flags);
            flags.forEach(flag -> expected.flag((BadFlag) flag));

            assertThat(stats.submit(parts.toArray(Part[]::new)).fate()).isEqualTo(Fate.SPOOLED);

            assertThat(stats.pending().get(0).notes()).extracting(Note::key).startsWith("date", "version", "program");
            List<Note> notes = stats.pending().get(0).notes();
            assertThat(notes.subList(3, notes.size())).isEqualTo(expected.notes(declares));
            assertThat(stats.pending().get(0).content()).hasSizeLessThan(65 * 1024);
        }
        assertThat(printed).hasToString("");
    }

    @Property(tries = 50)
    void aLibrarysBadInputDoesNoMoreHarmThanTheProgramsOwn(
            @ForAll("given") List<Given> noted, @ForAll("flags") List<Flag> flags) {
        Expected expected = new Expected();
        try (UsageStats stats = builder().open()) {
            Recorder library = stats.library("lib", "1");
            for (Given given : noted) {
                library.note(given.key(), given.value());
                if (expected.notes.isEmpty() && expected.refused == 0) {
                    expected.note("lib.version", "1");
                }
                expected.note(given.key() == null ? null : "lib." + given.key(), given.value());
            }
            flags.forEach(flag -> expected.flag((BadFlag) flag));

            assertThat(library.submit(flags.toArray(Part[]::new)).fate()).isEqualTo(Fate.SPOOLED);
            stats.submit();

            List<Note> notes = new ArrayList<>();
            stats.pending()
                    .forEach(report -> notes.addAll(
                            report.notes().subList(3, report.notes().size())));
            int refused = 0;
            for (Note note : List.copyOf(notes)) {
                if (note.key().equals("usagestats.refused")) {
                    refused += Integer.parseInt(note.value());
                    notes.remove(note);
                }
            }
            assertThat(notes).isEqualTo(expected.notes);
            assertThat(refused).isEqualTo(expected.refused);
        }
        assertThat(printed).hasToString("");
    }

    @Example
    void mapsThatFailWhileTheyAreReadCountAsOneNoteTooMany() {
        try (UsageStats stats = builder().open()) {
            stats.note((Map<String, ?>) null);
            stats.note(new FailingMap(new IllegalStateException("changed meanwhile")));
            stats.note(new FailingMap(new StackOverflowError()));
            stats.note(new FailingMap(new IOException("not declared")));
            stats.note("a", 1);
            stats.submit();

            assertThat(lines(stats)).containsExactly("k:v", "k:v", "k:v", "a:1", "usagestats.refused:4");
        }
    }

    @Example
    void noArgumentIsSoWrongThatItReachesTheHost() {
        try (UsageStats stats = builder().open()) {
            Recorder library = stats.library("lib", null, (Field[]) null);
            library.note("a", 1);
            stats.library("lib", "1", null, new Field(null, null), new Field("b", null));
            assertThatCode(() -> stats.library(null, null).submit()).doesNotThrowAnyException();

            assertThat(library.submit((Part[]) null).fate()).isEqualTo(Fate.SPOOLED);
            assertThat(lines(stats)).containsExactly("lib.version:unknown", "lib.a:1", "usagestats.refused:1");
            assertThat(stats.submit((Part[]) null).fate()).isEqualTo(Fate.SPOOLED);
        }
    }

    /** A flag that never answers costs a moment, once, and its report nothing else. */
    @Example
    void aFlagThatNeverReturnsIsWaitedForNoLongerThanAMoment() throws InterruptedException {
        CountDownLatch released = new CountDownLatch(1);
        CountDownLatch returned = new CountDownLatch(1);
        Flag stuck = new BadFlag("stuck", () -> {
            boolean interrupted = false;
            while (released.getCount() > 0) {
                try {
                    released.await();
                } catch (InterruptedException heldOn) {
                    interrupted = true;
                }
            }
            returned.countDown();
            return interrupted ? List.of(new Note("k", "late")) : List.of();
        });
        try (UsageStats stats = builder().open()) {
            long before = System.nanoTime();
            stats.submit(Note.note("a", 1), stuck);
            for (int i = 0; i < 10; i++) {
                stats.submit(stuck);
            }

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
            assertThat(lines(stats)).containsExactly("a:1", "usagestats.refused:1");
            assertThat(stats.pending()).hasSize(11);
            released.countDown();
            returned.await();
            assertThat(stats.pending().toString()).doesNotContain("late");
        }
    }

    /** As where a window cannot be opened, or a module is missing from a run-time image. */
    @Example
    void aPromptOrATransportThatCannotEvenBeLoadedDoesNotReachTheHost() {
        ScriptedTransport transport = new ScriptedTransport();
        transport.answers = text -> fail(new NoClassDefFoundError("java/net/http/HttpClient"));
        transport.erasureAnswer = () -> fail(new NoClassDefFoundError("java/net/http/HttpClient"));
        UsageStatsClient.Builder builder = builder()
                .transport(transport)
                .prompt(Prompt.to(question -> fail(new NoClassDefFoundError("java/awt/Frame"))))
                .uploads(UploadSchedule.everySubmit());
        try (UsageStats stats = builder.open()) {
            assertThat(stats.submit(Note.note("a", 1)).fate()).isEqualTo(Fate.SPOOLED);
            stats.enableReporting();
            assertThat(stats.submit(Note.note("a", 2)).fate()).isEqualTo(Fate.SPOOLED);
            assertThat(stats.deliver(Duration.ofSeconds(10)).remaining()).isEqualTo(2);
            stats.forget();
            assertThat(stats.deliver(Duration.ofSeconds(10)).remaining()).isZero();
        }
        assertThat(printed).hasToString("");
    }

    @Provide
    Arbitrary<List<Given>> given() {
        Arbitrary<String> keys = Arbitraries.oneOf(
                Arbitraries.of("k", "k", "mode", "a.b-C_9", "k".repeat(64)),
                Arbitraries.strings().all().ofMaxLength(80),
                Arbitraries.of("", " ", "a b", "a:b", "a\nb", "é", "\ud800", "\u202ek", "k".repeat(65))
                        .injectNull(0.2));
        Arbitrary<Object> values = Arbitraries.oneOf(
                Arbitraries.strings().all().ofMaxLength(200).map(text -> text),
                Arbitraries.of(
                        "",
                        "a\nb\r\nc\rd\r\r\ne",
                        "a:b::",
                        "\u0000\u001b[2J\u007f\u0085\u2028",
                        "\ud800",
                        "\udc00x\ud83d",
                        "\u202eabc\u200f\u2066",
                        "v".repeat(4096),
                        "v".repeat(4097),
                        "é".repeat(3000),
                        "😀".repeat(1025),
                        "\ud800".repeat(9000),
                        "\r\n".repeat(5000)),
                Arbitraries.<Object>of(
                                1,
                                List.of("a", "b"),
                                value(new IllegalStateException()),
                                value(new StackOverflowError()),
                                value(new IOException("not declared")),
                                value(new Unspeakable()),
                                value(null))
                        .injectNull(0.2));
        return Combinators.combine(keys, values).as(Given::new).list().ofMaxSize(150);
    }

    @Provide
    Arbitrary<List<Flag>> flags() {
        return Arbitraries.<Flag>of(
                        new BadFlag("good", () -> List.of(new Note("k", "1"), new Note("mode", "2"))),
                        new BadFlag("null", () -> null),
                        new BadFlag("null element", () -> Arrays.asList(new Note("k", "1"), null)),
                        new BadFlag("null parts", () -> List.of(new Note("k", null), new Note(null, "v"))),
                        new BadFlag("ill-formed keys", () -> List.of(new Note("k:k", "1"), new Note("k", "2"))),
                        new BadFlag("exception", () -> fail(new IllegalStateException())),
                        new BadFlag("error", () -> fail(new NoClassDefFoundError("com/example/Gpu"))),
                        new BadFlag("undeclared exception", () -> fail(new IOException("not declared"))),
                        new BadFlag("unspeakable", () -> fail(new Unspeakable())),
                        new BadFlag("keys", new NoClassDefFoundError("com/example/Gpu")),
                        new BadFlag("keys, undeclared", new IOException("not declared")),
                        new BadFlag("keys, unspeakable", new Unspeakable()))
                .list()
                .ofMaxSize(12);
    }

    private UsageStats declaring() {
        return builder()
                .collects("k", "to test it")
                .collects("mode", "likewise")
                .open();
    }

    private UsageStatsClient.Builder builder() {
        return UsageStatsClient.builder("bad-input", "1")
                .dropPoint(URI.create("https://stats.example.org/"))
                .location(directory.resolve("stats"))
                .transport(new ScriptedTransport())
                .environment(Map.of());
    }

    private static List<String> lines(UsageStats stats) {
        List<String> lines = stats.pending().get(0).text().lines().toList();
        return lines.subList(3, lines.size());
    }

    /** An object whose {@code toString} throws, or returns null. */
    private static Object value(Throwable failure) {
        return new Object() {
            @Override
            public String toString() {
                return failure == null ? null : fail(failure);
            }
        };
    }

    /** Throws anything without saying so, as code in other languages of the JVM does. */
    @SuppressWarnings("unchecked")
    private static <T, E extends Throwable> T fail(Throwable failure) throws E {
        throw (E) failure;
    }

    /** An exception that cannot be told. */
    private static final class Unspeakable extends RuntimeException {

        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException();
        }
    }

    private interface Answer {
        List<Note> notes();
    }

    private static final class BadFlag implements Flag {

        private final String name;
        private final Answer answer;
        private final Throwable keys;

        BadFlag(String name, Answer answer) {
            this.name = name;
            this.answer = answer;
            this.keys = null;
        }

        /** A flag that cannot even say which keys it has. */
        BadFlag(String name, Throwable keys) {
            this.name = name;
            this.answer = List::of;
            this.keys = keys;
        }

        @Override
        public List<String> keys() {
            return keys == null ? List.of("k", "mode") : fail(keys);
        }

        @Override
        public String purpose() {
            return "to test it";
        }

        @Override
        public boolean identifying() {
            return keys == null ? false : fail(keys);
        }

        @Override
        public List<Note> notes(Session session) {
            return answer.notes();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** A map that tells one entry and then throws. */
    private static final class FailingMap extends LinkedHashMap<String, Object> {

        private static final long serialVersionUID = 1;

        private final transient Throwable failure;

        FailingMap(Throwable failure) {
            this.failure = failure;
        }

        @Override
        public java.util.Set<Map.Entry<String, Object>> entrySet() {
            return new java.util.AbstractSet<>() {
                @Override
                public java.util.Iterator<Map.Entry<String, Object>> iterator() {
                    return Stream.iterate(0, i -> i + 1)
                            .<Map.Entry<String, Object>>map(i -> i == 0 ? Map.entry("k", "v") : fail(failure))
                            .iterator();
                }

                @Override
                public int size() {
                    return 2;
                }
            };
        }
    }

    /** What the rules say of a report's notes. */
    private static final class Expected {

        private final List<Note> notes = new ArrayList<>();
        private int bytes;
        private int refused;

        void note(String key, Object value) {
            String text = key == null || !key.matches("[A-Za-z0-9_.-]{1,64}") ? null : text(value);
            String kept = text == null ? "" : cut(new String(text.getBytes(UTF_8), UTF_8));
            int size = text == null ? 0 : key.length() + kept.getBytes(UTF_8).length + 2;
            if (text == null || notes.size() == 128 || bytes + size > 64 * 1024) {
                refused++;
                return;
            }
            bytes += size;
            notes.add(new Note(key, kept.replaceAll("\r\n|\r|\n", " ")));
        }

        /** A flag counts as one refused note if it fails, whatever it would have added. */
        void flag(BadFlag flag) {
            List<Note> answer;
            try {
                flag.keys();
                answer = List.copyOf(flag.notes(null));
            } catch (Throwable failed) {
                refused++;
                return;
            }
            answer.forEach(note -> note(note.key(), note.value()));
        }

        List<Note> notes(boolean declared) {
            List<Note> kept = new ArrayList<>(notes);
            kept.removeIf(
                    note -> declared && !note.key().equals("k") && !note.key().equals("mode"));
            int withheld = refused + notes.size() - kept.size();
            if (withheld > 0) {
                kept.add(new Note("usagestats.refused", Integer.toString(withheld)));
            }
            return kept;
        }

        private static String text(Object value) {
            try {
                return value == null ? null : value.toString();
            } catch (Throwable broken) {
                return null;
            }
        }

        private static String cut(String text) {
            int size = text.getBytes(UTF_8).length;
            if (size <= 4096) {
                return text;
            }
            int room = 4096 - ("…[cut " + size + "]").getBytes(UTF_8).length;
            StringBuilder kept = new StringBuilder();
            int used = 0;
            for (int c : text.codePoints().toArray()) {
                int more = Character.toString(c).getBytes(UTF_8).length;
                if (used + more > room) {
                    break;
                }
                used += more;
                kept.appendCodePoint(c);
            }
            return kept + "…[cut " + (size - used) + "]";
        }
    }
}
