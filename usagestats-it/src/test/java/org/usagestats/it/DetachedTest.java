package org.usagestats.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.testkit.Await;
import org.usagestats.testkit.LoopbackCollector;
import org.usagestats.testkit.ScriptedAnswer;

/** The process that delivers, seen from outside: it finishes whatever becomes of the program. */
class DetachedTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private Path stats;

    @BeforeEach
    void place() {
        stats = directory.resolve("stats");
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "HUP", "QUIT", "KILL"})
    void anUploadOutlivesTheSignalThatEndsTheProgramAndItsWholeProcessGroup(String signal) throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        try (LoopbackCollector collector = LoopbackCollector.open()) {
            collector.answerAlways(held(arrived, released));
            try (Command.Running program = leaderOfAGroup(collector)) {
                assertThat(arrived.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();

                // A signal to the group is what a terminal sends; KILL goes to the program alone, as from an operator.
                String target =
                        (signal.equals("KILL") ? "" : "-") + program.process().pid();
                Command.of("kill", "-" + signal, "--", target).run();
                if (!signal.equals("KILL")) {
                    // QUIT ends no JVM, and a shell's background jobs, these tests perhaps among them, ignore INT.
                    program.process().destroyForcibly();
                }
                assertThat(program.process().waitFor(SOON.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
                released.countDown();

                assertThatTheReportArrives(collector);
            }
        }
    }

    @Test
    void anUploadOutlivesTheTerminalThatTheProgramRunsIn() throws Exception {
        assumeTrue(Command.of("true").inATerminal().run().status() == 0, "script(1) does not run here");
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        try (LoopbackCollector collector = LoopbackCollector.open()) {
            collector.answerAlways(held(arrived, released));
            try (Command.Running window = program(collector).inATerminal().start()) {
                assertThat(arrived.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
                assertThat(programs()).isEqualTo(1);

                window.process().destroyForcibly();

                Await.until("the end of the program", SOON, () -> programs() == 0);
                released.countDown();
                assertThatTheReportArrives(collector);
            }
        }
    }

    @Test
    void anUploadOutlivesTheDirectoryThatTheProgramWasStartedIn() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        Path here = Files.createDirectory(directory.resolve("here"));
        List<String> fromHere = List.of("sh", "-c", "cd \"$0\" && exec \"$@\"", here.toString());
        try (LoopbackCollector collector = LoopbackCollector.open()) {
            collector.answerAlways(held(arrived, released));
            try (Command.Running program = program(collector).after(fromHere).start()) {
                assertThat(arrived.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();

                Files.delete(here);
                program.process().destroyForcibly();

                released.countDown();
                assertThatTheReportArrives(collector);
            }
        }
    }

    @Test
    void theProcessIsNoChildOfTheProgramTellsNothingOnItsCommandLineAndEnds() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        try (LoopbackCollector collector = LoopbackCollector.open()) {
            collector.answerAlways(held(arrived, released));
            try (Command.Running program = leaderOfAGroup(collector)) {
                assertThat(arrived.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();

                assertThat(DrainProcesses.of(stats)).hasSize(1);
                ProcessHandle drain = DrainProcesses.of(stats).get(0);
                assertThat(program.process().children()).isEmpty();
                assertThat(DrainProcesses.commandLine(drain))
                        .doesNotContain(collector.dropPoint().toString())
                        .doesNotContain("number");
                assertThat(Files.readString(Path.of("/proc/" + drain.pid() + "/environ")))
                        .doesNotContain("SECRET");
                released.countDown();
                DrainProcesses.awaitEnd(stats);
            }
        }
        assertThat(stats.toFile().list()).contains("consent").doesNotContain("hs_err_pid.log");
    }

    /** Has the user agree, and starts the program in a process group of its own, as an interactive shell does. */
    private Command.Running leaderOfAGroup(LoopbackCollector collector) throws Exception {
        return program(collector)
                .leadingAGroup()
                .with("A_SECRET_OF_THE_PROGRAM", "SECRET")
                .start();
    }

    /** Has the user agree; the program submits one report and stays. */
    private Command program(LoopbackCollector collector) throws Exception {
        String dropPoint = collector.dropPoint().toString();
        Command.submitMain(stats.toString(), dropPoint, "in-process", "0", "0", "agrees")
                .run();
        return Command.submitMain(stats.toString(), dropPoint, "detached", "7", "1", "stays");
    }

    /** How many of that program run. */
    private long programs() {
        return DrainProcesses.with(stats).stream()
                .map(DrainProcesses::commandLine)
                .filter(line -> line.startsWith(Built.java()) && line.contains(SubmitMain.class.getName()))
                .count();
    }

    private void assertThatTheReportArrives(LoopbackCollector collector) throws Exception {
        Await.until("the report to leave the spool", SOON, () -> waiting() == 0);
        assertThat(collector.received()).hasSize(1);
        assertThat(collector.received().get(0).text()).contains("number:7\n");
        DrainProcesses.awaitEnd(stats);
    }

    private static ScriptedAnswer held(CountDownLatch arrived, CountDownLatch released) {
        return (request, out) -> {
            arrived.countDown();
            released.await();
            ScriptedAnswer.stored().answer(request, out);
        };
    }

    private int waiting() {
        return stats.toFile().list((dir, name) -> name.startsWith("report_")).length;
    }
}
