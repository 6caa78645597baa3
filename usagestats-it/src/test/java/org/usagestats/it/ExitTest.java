package org.usagestats.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.testkit.Await;
import org.usagestats.testkit.LoopbackCollector;

/** What a program noted and never submitted, when real programs end in real ways. */
class ExitTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private Path stats;

    @BeforeEach
    void place() {
        stats = directory.resolve("stats");
    }

    @ParameterizedTest
    @CsvSource({"INT,130", "TERM,143", "HUP,129"})
    void aSignalLeavesOneReportAndNoDelivery(String signal, int status) throws Exception {
        try (LoopbackCollector collector = LoopbackCollector.open();
                Command.Running program = program(collector, "yes", "stays").start()) {
            Await.until("the program's note", SOON, () -> program.out().contains("noted"));
            Command.of("kill", "-" + signal, Long.toString(program.process().pid()))
                    .run();

            assertThat(program.end()).isEqualTo(new Command.Ended(status, "noted\n", ""));
            assertThat(reports()).hasSize(1);
            assertThat(reports().get(0)).containsPattern("\nleft:1\nlast:1\nsession_time:[0-9.]+\n$");
            assertThat(collector.received()).isEmpty();

            program(collector, "yes", "closes").run();
            assertThat(collector.received()).hasSize(2);
        }
    }

    @Test
    void soDoesExitAndNobodyIsPromptedOnTheWayOut() throws Exception {
        try (LoopbackCollector collector = LoopbackCollector.open()) {
            assertThat(program(collector, "none", "exits").run()).isEqualTo(new Command.Ended(3, "noted\n", ""));

            assertThat(reports()).hasSize(1);
            assertThat(collector.received()).isEmpty();
        }
    }

    @Test
    void whoClosesBeforeExitHasItSubmittedByThat() throws Exception {
        try (LoopbackCollector collector = LoopbackCollector.open()) {
            assertThat(program(collector, "yes", "exits-closed").run()).isEqualTo(new Command.Ended(3, "noted\n", ""));

            assertThat(reports()).isEmpty();
            assertThat(collector.received()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"exits", "closes"})
    void withoutConsentNothingIsWritten(String ending) throws Exception {
        try (LoopbackCollector collector = LoopbackCollector.open()) {
            program(collector, "none", ending).with("DO_NOT_TRACK", "1").run();
            assertThat(stats).doesNotExist();

            program(collector, "no", ending).run();
            assertThat(stats.toFile().list()).containsExactly("consent");
        }
    }

    @Test
    void aNoThatAnotherProcessWasToldHoldsAtExit() throws Exception {
        try (LoopbackCollector collector = LoopbackCollector.open();
                Command.Running program = program(collector, "yes", "stays").start()) {
            Await.until("the program's note", SOON, () -> program.out().contains("noted"));
            program(collector, "no", "closes").run();
            Command.of("kill", "-TERM", Long.toString(program.process().pid())).run();
            program.end();

            assertThat(reports()).isEmpty();
        }
    }

    /** The program as a terminal starts it: these tests may run in the background of a shell, where INT is ignored. */
    private Command program(LoopbackCollector collector, String decision, String ending) {
        return Command.of(
                        Built.java(),
                        "-cp",
                        Built.classPath("usagestats-api", "usagestats-core", "transport-http"),
                        ExitMain.class.getName(),
                        stats.toString(),
                        collector.dropPoint().toString(),
                        decision,
                        ending)
                .after(List.of("env", "--default-signal=INT,TERM,HUP"));
    }

    private List<String> reports() throws IOException {
        try (Stream<Path> files = Files.list(stats)) {
            return files.filter(file -> file.getFileName().toString().startsWith("report_"))
                    .map(ExitTest::text)
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
