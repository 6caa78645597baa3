package org.usagestats.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.usagestats.testkit.CheckedProgram;
import org.usagestats.testkit.CheckedState;
import org.usagestats.testkit.Leak;
import org.usagestats.testkit.LeakCheck;
import org.usagestats.testkit.Verdict;

/** Nothing leaks out of the example program in any state without consent, wherever it would deliver from. */
@EnabledOnOs(OS.LINUX)
class LeakTest {

    @TempDir
    Path directory;

    @TestFactory
    Stream<DynamicTest> nothingLeaksFromAProgramThatDeliversInProcess() throws Exception {
        return LeakCheck.of(program("in-process")
                        .locatedBy("COOL_PROGRAM_STATS_DIR")
                        .build())
                .tests();
    }

    @TestFactory
    Stream<DynamicTest> nothingLeaksFromAProgramThatDeliversDetached() throws Exception {
        return LeakCheck.of(
                        program("detached").locatedBy("COOL_PROGRAM_STATS_DIR").build())
                .tests();
    }

    @TestFactory
    Stream<DynamicTest> nothingLeaksFromAProgramThatKeepsItsReportsInTheUsersHome() throws Exception {
        return LeakCheck.of(program("detached").build()).tests();
    }

    /**
     * A program that says yes itself: what is then seen shows that the other tests would have seen it. It runs more than once,
     * since a run waits a second at the most for its delivery, which is not enough for a connection on a machine that is busy.
     */
    @ParameterizedTest
    @CsvSource({"in-process,CONNECTION", "detached,CHILD_PROCESS"})
    void aProgramThatDecidesForItsUserIsCaught(String dispatch, Leak.Respect respect) throws Exception {
        String program = install(dispatch);
        CheckedProgram deciding = settings(
                        CheckedProgram.command(
                                "sh",
                                "-c",
                                program + " --enable-stats && for run in 1 2 3 4 5; do " + program + " hello; done"),
                        dispatch)
                .build();

        Verdict verdict = LeakCheck.of(deciding).verdict(CheckedState.NO_DECISION);

        assumeTrue(verdict.notChecked().isEmpty(), verdict::text);
        assertThat(verdict.leaks())
                .as(verdict.text())
                .extracting(Leak::respect)
                .contains(respect, Leak.Respect.CONNECTION, Leak.Respect.FILE);
    }

    private CheckedProgram.Builder program(String dispatch) throws Exception {
        CheckedProgram.Builder program = CheckedProgram.command(install(dispatch))
                .arguments("hello")
                .enabledBy("--enable-stats")
                .disabledBy("--disable-stats")
                .switchedOffBy("COOL_PROGRAM_USAGE_STATS");
        return settings(program, dispatch);
    }

    /** A program about to deliver at each submit, to where nobody listens. */
    private static CheckedProgram.Builder settings(CheckedProgram.Builder program, String dispatch) {
        return program.with("COOL_PROGRAM_DROP_POINT", "http://127.0.0.1:9/")
                .with("COOL_PROGRAM_DISPATCH", dispatch)
                .with("COOL_PROGRAM_UPLOAD", "every-submit");
    }

    /** Copies the program to where every user can read it. */
    private String install(String dispatch) throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Built.copy(Built.PROGRAM_DIST, directory.resolve(dispatch))
                .resolve("bin/cool-program")
                .toString();
    }
}
