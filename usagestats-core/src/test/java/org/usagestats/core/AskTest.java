package org.usagestats.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The question at a real terminal, answered and not. */
@EnabledOnOs(OS.LINUX)
class AskTest {

    private static final String LONG = "60000";
    private static final String SHORT = "300";

    @TempDir
    Path directory;

    private String stats;

    @BeforeEach
    void prepare() throws Exception {
        stats = directory.resolve("stats").toString();
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "script of util-linux is not installed");
    }

    @ParameterizedTest
    @CsvSource({"y,ENABLED", "YES,ENABLED", "'  Yes ',ENABLED", "n,DISABLED", "'',DISABLED", "yess,DISABLED"})
    void aLineDecidesAndIsRemembered(String answer, String state) throws Exception {
        try (TerminalProgram program = start("", stats, LONG)) {
            List<String> out = program.awaitQuestion().type(answer + "\n").end();

            assertThat(program.shown())
                    .contains("ask-main would like to send usage statistics to https://usagestats.example.org/in,"
                            + " at most once an hour.\nYou have not decided;")
                    .contains("\nSend usage statistics? [y/N] ")
                    .doesNotContain("change your mind");
            assertThat(out).startsWith(state + " 0", "interrupted false", "threads []");
        }
        assertThat(Path.of(stats, "consent")).content().contains("decision:" + state + "\n");
    }

    @Test
    void silenceIsANoLeavesNoThreadAndIsRemembered() throws Exception {
        try (TerminalProgram program = start("", stats, SHORT)) {
            assertThat(program.awaitQuestion().end()).contains("DISABLED 0", "interrupted false", "threads []");
            assertThat(program.shown()).endsWith("[y/N] \n");
        }
        try (TerminalProgram program = start("", stats, LONG)) {
            assertThat(program.end()).contains("DISABLED 0");
            assertThat(program.shown()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"reading", "beneath"})
    void whatIsTypedAfterTheAnswerIsTheHosts(String how) throws Exception {
        try (TerminalProgram program = start("", stats, LONG, how)) {
            assertThat(program.awaitQuestion().type("yes\nfor the host\n").end())
                    .contains("ENABLED 0", "read for the host");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"reading", "beneath"})
    void whatIsTypedAfterTheTimeWasUpIsTheHosts(String how) throws Exception {
        try (TerminalProgram program = start("", stats, SHORT, how)) {
            program.awaitQuestion().type("hal").awaitOut("DISABLED 0");
            assertThat(program.type("f a line\n").end()).contains("read half a line");
        }
    }

    @Test
    void whatWasTypedBeforeTheQuestionIsNoAnswerToIt() throws Exception {
        try (TerminalProgram program = start("", stats, LONG, "typedAhead", "reading")) {
            assertThat(program.type("yes\n").end()).contains("UNSET 0", "read yes");
            assertThat(program.shown()).doesNotContain("[y/N]");
        }
    }

    @Test
    void anInterruptedQuestionDecidesNothing() throws Exception {
        try (TerminalProgram program = start("", stats, LONG, "interrupted")) {
            assertThat(program.end()).contains("UNSET 0", "interrupted true", "threads []");
        }
        assertThat(Path.of(stats)).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"y,ask-main --no", "n,ask-main --yes"})
    void theLastLineSaysHowToChangeOnesMindIfThereAreCommands(String answer, String command) throws Exception {
        try (TerminalProgram program = start("", stats, LONG, "prompt")) {
            program.awaitQuestion().type(answer + "\n").end();
            assertThat(program.shown()).endsWith("You can change your mind at any time: " + command + "\n");
        }
    }

    @Test
    void declaredFieldsAreListedAndNewOnesAskedAboutWithoutTouchingTheOthers() throws Exception {
        try (TerminalProgram program = start("", stats, LONG, "declaring")) {
            program.awaitQuestion().type("y\n").end();
            assertThat(program.shown()).contains("They hold:\n").contains("\n    mode: which code path was used\n");
        }
        try (TerminalProgram program = start("", stats, LONG, "declaring", "more")) {
            assertThat(program.awaitQuestion().type("n\n").end()).contains("ENABLED 1");
            assertThat(program.shown())
                    .contains("    theme: which theme is chosen\n")
                    .contains("Send them too? [y/N] ")
                    .doesNotContain("which code path");
        }
        try (TerminalProgram program = start("", stats, LONG, "declaring", "more")) {
            assertThat(program.end()).contains("ENABLED 1");
            assertThat(program.shown()).isEmpty();
        }
        Files.delete(Path.of(stats, "prompted"));
        try (TerminalProgram program = start("", stats, LONG, "declaring", "more")) {
            assertThat(program.awaitQuestion().type("y\n").end()).contains("ENABLED 0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"</dev/null", "2>/dev/null", "< /dev/zero"})
    void withoutATerminalForQuestionAndAnswerNothingIsAsked(String redirection) throws Exception {
        try (TerminalProgram program = start(redirection, stats, LONG)) {
            assertThat(program.end()).contains("UNSET 0");
            assertThat(program.shown()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"CI,true,UNSET", "DO_NOT_TRACK,1,DISABLED_BY_ENVIRONMENT"})
    void inContinuousIntegrationAndWhenSwitchedOffNothingIsAsked(String variable, String value, String state)
            throws Exception {
        try (TerminalProgram program = TerminalProgram.start(directory, Map.of(variable, value), "", stats, LONG)) {
            assertThat(program.end()).contains(state + " 0");
            assertThat(program.shown()).isEmpty();
        }
        assertThat(Path.of(stats)).doesNotExist();
    }

    @Test
    void inTheBackgroundNothingIsAskedAndTheProgramIsNotStopped() throws Exception {
        try (TerminalProgram program = start("& wait", stats, LONG)) {
            assertThat(program.end()).contains("UNSET 0");
            assertThat(program.shown()).doesNotContain("ask-main would like");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1"})
    void withoutTimeNothingIsAsked(String limit) throws Exception {
        try (TerminalProgram program = start("", stats, limit)) {
            assertThat(program.end()).contains("UNSET 0");
            assertThat(program.shown()).isEmpty();
        }
    }

    @Test
    void theJdkIsAskedWhereTheKernelDoesNotTell() throws Exception {
        try (TerminalProgram program = start("</dev/null", stats, LONG)) {
            assertThat(program.end()).contains("console false");
        }
        try (TerminalProgram program = start(">/dev/tty", stats, SHORT)) {
            program.end();
            assertThat(program.shown()).contains("console true");
        }
    }

    @Test
    void anAnswerThatCannotBeKeptIsSaidSo() throws Exception {
        try (TerminalProgram program = start("", stats, LONG)) {
            program.awaitQuestion();
            Files.createFile(Path.of(stats));
            assertThat(program.type("y\n").end()).contains("ERRORED 0");
            assertThat(program.shown()).endsWith("The path " + stats + " is not a directory.\n");
        }
    }

    private TerminalProgram start(String redirection, String... args) throws IOException {
        return TerminalProgram.start(directory, Map.of(), redirection, args);
    }
}
