package org.usagestats.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.usagestats.api.UsageStats;

class WhatWeCollectTest {

    private static final String PROGRAM = DeclaringProgram.class.getName();

    @TempDir
    Path directory;

    /** As a build runs it, without a test library. */
    @Test
    void thePageIsWrittenAndItsAgeTold() throws Exception {
        Path page = directory.resolve("what-we-collect.md");
        assertThat(java(page, "--check"))
                .isEqualTo(
                        "1 WhatWeCollect: " + page + " is missing; write it with the same command without --check\n");
        assertThat(page).doesNotExist();

        assertThat(java(page)).isEqualTo("0 Wrote " + page + ".\n");
        assertThat(page).content().contains("| `map.zoom` | how closely maps are looked at |");
        assertThat(java(page, "--check")).isEqualTo("0 ");

        Files.writeString(page, Files.readString(page).replace("\n", "\r\n"));
        assertThat(java(page, "--check")).isEqualTo("0 ");

        Files.writeString(page, Files.readString(page).replace("how closely", "whether"));
        assertThat(java(page, "--check"))
                .isEqualTo("1 WhatWeCollect: " + page
                        + " is out of date; write it with the same command without --check\n");
        assertThat(page).content().contains("whether maps");
    }

    @ParameterizedTest
    @CsvSource({
        "a b, 'a class, a method and a file are needed, and perhaps --check'",
        "a b c --chekc, 'a class, a method and a file are needed, and perhaps --check'",
        "no.Such open page, the class no.Such cannot be loaded",
        "PROGRAM close page, there is no method PROGRAM.close without arguments",
        "PROGRAM text page, PROGRAM.text is not a static method that returns a UsageStats",
        "PROGRAM ofAnObject page, PROGRAM.ofAnObject is not a static method that returns a UsageStats",
        "PROGRAM failing page, 'PROGRAM.failing failed: java.lang.IllegalStateException: there is no drop point'"
    })
    void whatItCannotDoIsOneLine(String line, String message) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        int status = WhatWeCollect.run(
                List.of(line.replace("PROGRAM", PROGRAM).split(" ")),
                System.out,
                new PrintStream(err, true, StandardCharsets.UTF_8));

        assertThat(status).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains(message.replace("PROGRAM", PROGRAM))
                .hasLineCount(1);
    }

    @Test
    void aPageThatCannotBeWrittenOrReadIsOneLine() throws Exception {
        assertThat(java(directory)).startsWith("2 WhatWeCollect: " + directory + " cannot be written: ");
        assertThat(java(directory, "--check")).startsWith("2 WhatWeCollect: " + directory + " cannot be read: ");
    }

    /** The exit status and all that is said. */
    private String java(Path page, String... options) throws Exception {
        List<String> words = new ArrayList<>(List.of(SeenProcess.JAVA.toString(), "-cp"));
        words.add(String.join(
                File.pathSeparator,
                SeenProcess.location(WhatWeCollect.class),
                SeenProcess.location(UsageStats.class),
                Path.of("target/test-classes").toAbsolutePath().toString()));
        words.addAll(List.of(WhatWeCollect.class.getName(), PROGRAM, "open", page.toString()));
        words.addAll(List.of(options));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return process.exitValue() + " " + said.replace("\r\n", "\n");
    }
}
