package org.usagestats.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeakCheckMainTest {

    @TempDir
    Path directory;

    /** As a packager runs it, who has no JUnit. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void itRunsWithoutATestLibraryAndTellsByItsExitStatusWhetherSomethingLeaks() throws Exception {
        assertThat(java("echo \"$WORDS\" $0")).isEqualTo("0 Nothing leaks.");
        assertThat(java("echo \"$DO_NOT_TRACK\"")).matches("1 \\d+ leaks\\.");
    }

    @ParameterizedTest
    @CsvSource({
        "--run hello, the program's command stands after --",
        "--run hello --, there is no command",
        "--runs hello -- true, there is no option --runs",
        "--run -- true, the option --run needs a value",
        "--env A -- true, 'a variable is given as NAME=VALUE, not A'",
        "--seconds 0 -- true, 'a whole number from 1 to 99999, not 0'"
    })
    void whatItCannotReadIsOneLine(String line, String message) throws Exception {
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        int status = LeakCheckMain.run(
                List.of(line.split(" ")), System.out, new PrintStream(err, true, StandardCharsets.UTF_8));

        assertThat(status).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(message).hasLineCount(1);
    }

    /** The exit status and the last line of checking a shell script; a script is as good as a program here. */
    private String java(String script) throws Exception {
        List<String> words = new ArrayList<>(List.of(SeenProcess.JAVA.toString(), "-cp"));
        words.add(SeenProcess.location(LeakCheckMain.class));
        words.add(LeakCheckMain.class.getName());
        words.addAll(List.of("--env", "WORDS=a b", "--", "sh", "-c", script));
        Path out = directory.resolve("out");
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(out).content().contains("not checked: ");
        List<String> lines = Files.readAllLines(out);
        return process.exitValue() + " " + lines.get(lines.size() - 1);
    }
}
