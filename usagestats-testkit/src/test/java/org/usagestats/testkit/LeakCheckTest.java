package org.usagestats.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;
import org.usagestats.testkit.Leak.Respect;

/** The check catches a program that leaks, in the respect in which it does and in no other. */
@EnabledOnOs(OS.LINUX)
class LeakCheckTest {

    /** Readable by every user, as the folder of the build need not be. */
    @TempDir
    private Path classes;

    @BeforeEach
    void copyTheProgram() throws Exception {
        String name = LeakingProgram.class.getName().replace('.', '/') + ".class";
        Path copy = classes.resolve(name);
        Files.createDirectories(copy.getParent());
        Files.copy(Path.of(SeenProcess.location(LeakingProgram.class)).resolve(name), copy);
        Files.setPosixFilePermissions(classes, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @ParameterizedTest
    @CsvSource({
        "connect,CONNECTION",
        "look-up,LOOK_UP",
        "start,CHILD_PROCESS",
        "write,FILE",
        "write-elsewhere,FILE",
        "identify,FILE",
        "touch,FILE",
        "print,STANDARD_OUTPUT",
        "fail,EXIT_STATUS"
    })
    void aLeakIsCaughtInItsRespectAlone(String leak, Respect respect) throws Exception {
        assertThat(respects(traced(leak).verdict(CheckedState.NO_DECISION))).containsExactly(respect);
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "look-up", "start", "write", "report"})
    void aLeakIsCaughtThoughItIsTheSameWithStatisticsSwitchedOff(String leak) throws Exception {
        assertThat(traced(leak).verdict(CheckedState.DO_NOT_TRACK).leaks()).isNotEmpty();
    }

    @Test
    void aThreadThatKeepsTheProgramAliveIsCaught() throws Exception {
        CheckedProgram staying =
                program("stay").endsWithin(Duration.ofSeconds(8)).build();

        for (Watcher watcher : List.of(traced(), Watcher.POLLING)) {
            assertThat(respects(LeakCheck.of(staying, watcher).verdict(CheckedState.NO_DECISION)))
                    .containsExactly(Respect.END);
        }
    }

    @Test
    void aProcessThatOutlivesTheProgramIsCaughtAndEnded() throws Exception {
        CheckedProgram leaving =
                program("start-and-leave").endsWithin(Duration.ofSeconds(8)).build();

        Verdict verdict = LeakCheck.of(leaving, traced()).verdict(CheckedState.NO_DECISION);

        assertThat(verdict.leaks())
                .containsExactly(new Leak(Respect.CHILD_PROCESS, "started [\"sleep\", \"60\"], which still runs"));
    }

    @ParameterizedTest
    @EnumSource(
            value = CheckedState.class,
            names = {"OVERRULED_CONSENT", "LINKED_LOCATION", "FOREIGN_LOCATION"})
    void aYesThatDoesNotCountMustNotBeObeyed(CheckedState state) throws Exception {
        for (CheckedProgram.Builder program :
                List.of(program("trust"), program("trust").locatedBy("LEAKING_LOCATION"))) {
            Verdict verdict = LeakCheck.of(program.build(), traced()).verdict(state);

            assumeTrue(verdict.notChecked().isEmpty(), verdict::text);
            assertThat(respects(verdict)).containsExactly(Respect.CONNECTION);
        }
    }

    @ParameterizedTest
    @EnumSource(CheckedState.class)
    void whoDoesNothingIsCleanInEveryState(CheckedState state) throws Exception {
        Verdict verdict = traced("nothing").verdict(state);

        assumeTrue(verdict.notChecked().isEmpty(), verdict::text);
        assertThat(verdict.leaks()).isEmpty();
    }

    @Test
    void reportsMayWaitOnlyWhileNobodyDecided() throws Exception {
        LeakCheck check = traced("report");

        assertThat(check.verdict(CheckedState.NO_DECISION).leaks()).isEmpty();
        assertThat(check.verdict(CheckedState.CONTINUOUS_INTEGRATION).leaks()).isEmpty();
        for (CheckedState off : List.of(
                CheckedState.DISABLED,
                CheckedState.OWN_VARIABLE,
                CheckedState.SYSTEM_PROPERTY,
                CheckedState.OFF_FILE,
                CheckedState.LINKED_LOCATION)) {
            assertThat(respects(check.verdict(off))).as(off.title()).containsOnly(Respect.FILE);
        }
    }

    @Test
    void thePromptIsALeakInContinuousIntegrationOnly() throws Exception {
        LeakCheck check = traced("prompt");

        assertThat(check.verdict(CheckedState.NO_DECISION).leaks()).isEmpty();
        assertThat(respects(check.verdict(CheckedState.CONTINUOUS_INTEGRATION))).containsExactly(Respect.PROMPT);
    }

    @Test
    void aFileOfTheProgramsOwnIsNoLeak() throws Exception {
        CheckedProgram writing = program("write").mayWrite(Path.of("stray")).build();

        assertThat(LeakCheck.of(writing, traced())
                        .verdict(CheckedState.NO_DECISION)
                        .leaks())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"start-and-leave,CHILD_PROCESS", "write,FILE", "print,STANDARD_OUTPUT", "fail,EXIT_STATUS"})
    void withoutStraceLessIsSeenAndTheVerdictSaysSo(String leak, Respect respect) throws Exception {
        Verdict verdict = LeakCheck.of(program(leak).build(), Watcher.POLLING).verdict(CheckedState.NO_DECISION);

        assertThat(respects(verdict)).containsExactly(respect);
        assertThat(verdict.text()).contains("not checked: connections and look-ups of names");
    }

    @Test
    void whatTheDescriptionDoesNotTellIsNotChecked() throws Exception {
        CheckedProgram unknown = CheckedProgram.classPath(classes.toString(), LeakingProgram.class.getName())
                .arguments("nothing")
                .build();

        for (CheckedState state : List.of(
                CheckedState.DISABLED,
                CheckedState.OVERRULED_CONSENT,
                CheckedState.OWN_VARIABLE,
                CheckedState.LINKED_LOCATION)) {
            assertThat(LeakCheck.of(unknown).verdict(state).notChecked()).hasSize(1);
        }
    }

    @Test
    void aDecisionThatTheProgramDoesNotTakeIsAnError() {
        CheckedProgram wrong = program("nothing").disabledBy("--no-such-option").build();

        assertThatThrownBy(() -> LeakCheck.of(wrong).verdict(CheckedState.DISABLED))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("--no-such-option");
    }

    @Test
    void eachStateIsATestThatFailsOnALeakAndIsSkippedWhereNotAllWasSeen() throws Exception {
        assertThat(LeakCheck.of(program("nothing").build()).tests()).hasSize(CheckedState.values().length);
        assertThatThrownBy(() -> first(LeakCheck.of(program("write").build(), Watcher.POLLING)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("created work/stray");
        assertThatThrownBy(() -> first(LeakCheck.of(program("nothing").build(), Watcher.POLLING)))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("strace");
    }

    private static void first(LeakCheck check) throws Throwable {
        try (Stream<DynamicTest> tests = check.tests()) {
            tests.findFirst().orElseThrow().getExecutable().execute();
        }
    }

    private LeakCheck traced(String leak) throws Exception {
        return LeakCheck.of(program(leak).build(), traced());
    }

    private static Watcher traced() throws IOException, InterruptedException {
        Watcher best = Watcher.best();
        assumeTrue(best == Watcher.STRACE, "strace is not installed or may not be used");
        return best;
    }

    private CheckedProgram.Builder program(String leak) {
        return CheckedProgram.classPath(classes.toString(), LeakingProgram.class.getName())
                .arguments(leak)
                .enabledBy("enable")
                .disabledBy("disable")
                .switchedOffBy("LEAKING");
    }

    private static List<Respect> respects(Verdict verdict) {
        return verdict.leaks().stream().map(Leak::respect).distinct().toList();
    }
}
