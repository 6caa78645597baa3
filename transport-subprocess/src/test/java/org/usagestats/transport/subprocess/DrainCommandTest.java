package org.usagestats.transport.subprocess;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.spi.DrainProcess;

class DrainCommandTest {

    @TempDir
    private Path java;

    @Test
    void runsAMainClassOfTheClassPath() {
        List<String> command = DrainCommand.onPosix(process(List.of("/a b.jar", "/c"), List.of(), Optional.empty()));

        assertThat(command)
                .startsWith("/bin/sh", "-c")
                .contains(java.resolve("java").toString(), "-Xmx64m");
        assertThat(command).endsWith("-cp", "/a b.jar" + File.pathSeparator + "/c", "org.example.Main", "/spool");
        assertThat(command).doesNotContain("-p", "-m");
    }

    @Test
    void runsAMainClassOfAModule() {
        List<String> command =
                DrainCommand.onPosix(process(List.of(), List.of("/m", "/n"), Optional.of("org.example")));

        assertThat(command)
                .endsWith("-p", "/m" + File.pathSeparator + "/n", "-m", "org.example/org.example.Main", "/spool")
                .doesNotContain("-cp");
    }

    @Test
    void runsAModuleOfTheRuntimeImage() {
        List<String> command = DrainCommand.onPosix(process(List.of(), List.of(), Optional.of("org.example")));

        assertThat(command)
                .endsWith("-m", "org.example/org.example.Main", "/spool")
                .doesNotContain("-cp", "-p");
    }

    @Test
    void makesPathsAbsoluteForTheProcessHasAnotherDirectory() {
        List<String> command = DrainCommand.onPosix(process(List.of("target/classes"), List.of(), Optional.empty()));

        assertThat(command).contains(Path.of("target/classes").toAbsolutePath().toString());
    }

    @Test
    void runsWithoutAShellOrConsoleOnWindows() throws IOException {
        Path javaw = Files.createFile(java.resolve("javaw.exe"));

        List<String> command = DrainCommand.onWindows(process(List.of("/c"), List.of(), Optional.empty()));

        assertThat(command)
                .startsWith(javaw.toString())
                .endsWith("-cp", new File("/c").getAbsolutePath(), "org.example.Main", "/spool");
    }

    @Test
    void runsWithTheGivenJavaOnAWindowsWithoutJavaw() {
        List<String> command = DrainCommand.onWindows(process(List.of("/c"), List.of(), Optional.empty()));

        assertThat(command).startsWith(java.resolve("java").toString());
    }

    private DrainProcess process(List<String> classPath, List<String> modulePath, Optional<String> module) {
        return new DrainProcess(
                java.resolve("java"), classPath, modulePath, module, "org.example.Main", Path.of("/spool"), Map.of());
    }
}
