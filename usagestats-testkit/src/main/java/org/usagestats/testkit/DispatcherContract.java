package org.usagestats.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.api.Note;
import org.usagestats.api.TextFormat;
import org.usagestats.spi.DispatcherProvider;
import org.usagestats.spi.DrainProcess;

/**
 * What every dispatcher promises: inherit it and give it your provider, a public class with a public constructor without
 * arguments.
 *
 * <p>The processes are real and run from the class path. Signals go to real process groups, which are made with the
 * command {@code timeout} of Linux.
 */
public abstract class DispatcherContract {

    private static final Duration AMPLE = Duration.ofSeconds(30);

    private static final Map<String, String> ENVIRONMENT = Map.of("LANG", "C", "GREETING", "a b='c'\"$d`e`\\");

    /** Runs a command as the leader of a process group, and ends it after 60 s at the latest. */
    private static final List<String> OWN_GROUP = List.of("timeout", "60");

    /** What shells and operating systems put into every environment. */
    private static final Set<String> ADDED = Set.of("PWD", "OLDPWD", "SHLVL", "_", "__CF_USER_TEXT_ENCODING");

    @TempDir
    private Path folder;

    private Path spool;

    /** For the classes that inherit the contract. */
    protected DispatcherContract() {}

    /**
     * The provider under test.
     *
     * @return a new one
     */
    protected abstract DispatcherProvider provider();

    @BeforeEach
    void makeSpool() throws IOException {
        spool = Files.createDirectory(folder.toRealPath().resolve("a \"spool\" in $HOME's `x`"));
    }

    @AfterEach
    void endWhatWasStarted() throws Exception {
        if (Files.exists(spool.resolve("seen"))) {
            letItEnd();
        }
    }

    @Test
    void runsTheMainClassWithTheSpoolAsItsOneArgument() throws Exception {
        start();

        assertThat(seen("argument")).containsExactly(spool.toString());
    }

    @Test
    void runsInTheSpool() throws Exception {
        start();

        assertThat(seen("directory")).containsExactly(spool.toString());
    }

    @Test
    void givesTheProcessItsEnvironmentAndNothingElse() throws Exception {
        start();

        assertThat(seen("environment"))
                .filteredOn(variable -> !ADDED.contains(variable.substring(0, variable.indexOf('='))))
                .containsExactlyInAnyOrderElementsOf(ENVIRONMENT.entrySet().stream()
                        .map(variable -> variable.getKey() + "=" + variable.getValue())
                        .toList());
    }

    @Test
    void givesTheProcessNothingToRead() throws Exception {
        start();

        assertThat(seen("input")).containsExactly("-1");
    }

    @Test
    void leavesNoDirectChild() throws Exception {
        ProcessHandle self = ProcessHandle.current();
        Set<ProcessHandle> before = self.children().collect(Collectors.toSet());

        start();

        assertThat(seen("parent")).isNotEqualTo(List.of(String.valueOf(self.pid())));
        Await.until("the child is gone", AMPLE, () -> self.children().allMatch(before::contains));
        assertThat(spool.resolve("ended")).doesNotExist();
    }

    @Test
    void failsWhereThereIsNoJava() {
        DrainProcess process = SeenProcess.over(spool, ENVIRONMENT);
        Path missing = folder.resolve("no-java");

        assertThatThrownBy(() -> provider()
                        .open()
                        .start(new DrainProcess(
                                missing,
                                process.classPath(),
                                process.modulePath(),
                                process.mainModule(),
                                process.mainClass(),
                                spool,
                                ENVIRONMENT)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(missing.toString());
    }

    @Test
    void failsWhereThereIsNoSpool() {
        Path missing = folder.resolve("no-spool");

        assertThatThrownBy(() -> provider().open().start(SeenProcess.over(missing, ENVIRONMENT)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void outlivesTheProgramAndHoldsNoneOfItsStreams() throws Exception {
        Process program = startProgram(List.of());

        Files.createFile(spool.resolve("program-end"));

        assertThat(program.waitFor()).isZero();
        assertThat(program.getInputStream().readAllBytes()).isEmpty();
        assertThat(program.getErrorStream().readAllBytes()).isEmpty();
        assertLivesAndEnds();
    }

    @Test
    void outlivesAProgramThatIsKilled() throws Exception {
        Process program = startProgram(List.of());

        program.destroyForcibly().waitFor();

        assertLivesAndEnds();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void outlivesAProgramThatIsEndedWithCtrlC() throws Exception {
        Process program = startProgram(OWN_GROUP);

        signalGroup("INT", program);

        program.waitFor();
        assertLivesAndEnds();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void outlivesAProgramWhoseTerminalIsClosed() throws Exception {
        Process program = startProgram(OWN_GROUP);

        signalGroup("HUP", program);

        program.waitFor();
        assertLivesAndEnds();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void goesOnWhenTheProgramIsSuspendedWithCtrlZ() throws Exception {
        Process program = startProgram(OWN_GROUP);
        Path state = Path.of("/proc", String.valueOf(program.pid()), "stat");

        signalGroup("TSTP", program);

        Await.until(
                "the program is suspended", AMPLE, () -> Files.readString(state).contains(") T "));
        assertLivesAndEnds();
        signalGroup("KILL", program);
    }

    private void start() throws IOException {
        provider().open().start(SeenProcess.over(spool, ENVIRONMENT));
    }

    /** Starts a program that starts the process, and waits until that runs. */
    private Process startProgram(List<String> launcher) throws Exception {
        String classPath = String.join(
                File.pathSeparator,
                SeenProcess.location(provider().getClass()),
                SeenProcess.location(SeenProcess.class),
                SeenProcess.location(TextFormat.class));
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of(SeenProcess.JAVA.toString(), "-cp", classPath, DispatchingProgram.class.getName()));
        command.addAll(List.of(provider().getClass().getName(), spool.toString()));
        Process program = new ProcessBuilder(command).start();
        seen("pid");
        return program;
    }

    private static void signalGroup(String signal, Process leader) throws Exception {
        Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " -" + leader.pid())
                .inheritIO()
                .start();
        assertThat(kill.waitFor()).isZero();
    }

    private void assertLivesAndEnds() throws Exception {
        long pid = Long.parseLong(seen("pid").get(0));
        assertThat(ProcessHandle.of(pid)).isPresent();
        assertThat(spool.resolve("ended")).doesNotExist();
        letItEnd();
    }

    private void letItEnd() throws Exception {
        if (!Files.exists(spool.resolve("end"))) {
            Files.createFile(spool.resolve("end"));
        }
        Await.until("the process ends", AMPLE, () -> Files.exists(spool.resolve("ended")));
    }

    /** Waits until the process has told what it sees, and returns what it told under a key. */
    private List<String> seen(String key) throws Exception {
        Path file = spool.resolve("seen");
        Await.until("the process runs", AMPLE, () -> Files.exists(file));
        return TextFormat.decode(Files.readAllBytes(file)).stream()
                .filter(note -> note.key().equals(key))
                .map(Note::value)
                .toList();
    }
}
