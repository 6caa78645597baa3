package org.usagestats.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.usagestats.core.BadInput.fail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
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
import org.usagestats.api.Submission.Fate;
import org.usagestats.api.UsageStats;
import org.usagestats.core.BadInput.BadFlag;
import org.usagestats.core.BadInput.FailingMap;
import org.usagestats.core.BadInput.Given;

/** Whatever a program hands over, it never notices, and the report holds what the rules let through and counts the rest. */
class BadInputProperties {

    private final PrintStream standardError = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private Path directory;

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
        ExpectedNotes expected = new ExpectedNotes();
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
        ExpectedNotes expected = new ExpectedNotes();
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
        try (UsageStats stats = builder().flagPatience(Duration.ofMillis(250)).open()) {
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
        return BadInput.given();
    }

    @Provide
    Arbitrary<List<Flag>> flags() {
        return BadInput.flags();
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
                .flagPatience(Duration.ofSeconds(20))
                .environment(Map.of());
    }

    private static List<String> lines(UsageStats stats) {
        List<String> lines = stats.pending().get(0).text().lines().toList();
        return lines.subList(3, lines.size());
    }
}
