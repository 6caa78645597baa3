package org.usagestats.transport.subprocess;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.spi.DrainProcess;

/** What would be started on which system, seen where it would be. */
class StartOnAnySystemTest {

    private static final String LOGGING = "java.util.logging.manager";

    private final List<ProcessBuilder> started = new ArrayList<>();

    @TempDir
    Path directory;

    private Path java;

    @BeforeEach
    void makeJava() throws IOException {
        java = executable("java.exe");
    }

    @AfterEach
    void restoreLogging() {
        System.clearProperty(LOGGING);
    }

    @Test
    void onWindowsTheJavaWithoutAConsoleIsStartedAndNoShell() throws IOException {
        Path javaw = executable("javaw.exe");

        dispatcher(true).start(process(List.of("/a.jar")));

        ProcessBuilder builder = started.get(0);
        assertThat(builder.command())
                .startsWith(javaw.toString(), "-XX:+IgnoreUnrecognizedVMOptions")
                .endsWith("-cp", new File("/a.jar").getAbsolutePath(), "org.example.Main", directory.toString());
        assertThat(builder.redirectInput()).isEqualTo(Redirect.from(new File("NUL")));
    }

    @Test
    void onWindowsNothingIsStartedAheadOfTime() throws IOException {
        dispatcher(true).prepare(process(List.of("/a.jar")));

        assertThat(started).isEmpty();
    }

    @Test
    void onMacOsAndLinuxAShellStartsTheJavaInTheBackground() throws IOException {
        dispatcher(false).start(process(List.of("/a.jar")));

        ProcessBuilder builder = started.get(0);
        assertThat(builder.command()).startsWith("/bin/sh", "-c");
        assertThat(builder.command().get(2)).contains("trap '' INT HUP").endsWith("&");
        assertThat(builder.command().get(3)).isEqualTo(java.toString());
        assertThat(builder.redirectInput()).isEqualTo(Redirect.from(new File("/dev/null")));
    }

    @Test
    void onMacOsAndLinuxTheSameShellIsStartedAheadOfTimeAndRunsNothing() throws IOException {
        dispatcher(false).prepare(process(List.of("/a.jar")));

        assertThat(started.get(0).command()).startsWith("/bin/sh", "-c", ":", java.toString());
    }

    @Test
    void nothingIsStartedAheadOfTimeWhereTheProgramHasLoggingOfItsOwn() throws IOException {
        System.setProperty(LOGGING, "org.example.LogManager");

        dispatcher(false).prepare(process(List.of("/a.jar")));

        assertThat(started).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everywhereTheProcessHasItsOwnDirectoryAndEnvironmentAndNoOutput(boolean onWindows) throws IOException {
        dispatcher(onWindows).start(process(List.of("/a.jar")));

        ProcessBuilder builder = started.get(0);
        assertThat(builder.directory()).isEqualTo(directory.toFile());
        assertThat(builder.environment()).isEqualTo(Map.of("LANG", "C"));
        assertThat(builder.redirectOutput()).isEqualTo(Redirect.DISCARD);
        assertThat(builder.redirectError()).isEqualTo(Redirect.DISCARD);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everywhereTheProgramsOwnExecutableIsStartedWithTwoArgumentsAndNoOptions(boolean onWindows) throws IOException {
        executable("javaw.exe");

        dispatcher(onWindows).start(process(List.of()));

        List<String> command = started.get(0).command();
        assertThat(command.subList(onWindows ? 0 : 3, command.size()))
                .containsExactly(java.toString(), "org.example.Main", directory.toString());
    }

    private DetachedDispatcher dispatcher(boolean onWindows) {
        return new DetachedDispatcher(onWindows) {
            @Override
            void run(ProcessBuilder builder) {
                started.add(builder);
            }
        };
    }

    private Path executable(String name) throws IOException {
        Path file = Files.createFile(directory.resolve(name));
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private DrainProcess process(List<String> classPath) {
        return new DrainProcess(
                java, classPath, List.of(), Optional.empty(), "org.example.Main", directory, Map.of("LANG", "C"));
    }
}
