package org.usagestats.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.api.UsageStats;
import org.usagestats.core.UsageStatsClient;
import org.usagestats.testkit.LoopbackCollector;

/** A program's exit code, output and time stay as they are when the disk, the clock or the system fails the client. */
@EnabledOnOs(OS.LINUX)
class HostileWorldTest {

    private static final Command.Ended AS_ALWAYS = new Command.Ended(0, "submitted\n", "");

    /** What a program may take longer than without statistics: the second that it waits, and the end of a wait. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private static final String NAME_OF_A_REPORT =
            "report_1795000000000_0f0e0d0c-1111-4222-8333-444455556666_00000000.txt";

    private static LoopbackCollector collector;

    @TempDir
    private Path directory;

    private Path stats;
    private URI dropPoint;

    @BeforeAll
    static void openCollector() throws Exception {
        collector = LoopbackCollector.open();
    }

    @AfterAll
    static void closeCollector() throws Exception {
        collector.close();
    }

    @BeforeEach
    void agree() {
        stats = directory.resolve("stats");
        dropPoint = collector.dropPoint();
        consent();
    }

    @ParameterizedTest
    @CsvSource({"0,in-process", "0,detached", "4096,in-process", "4096,detached"})
    void aFullDiskOrOneWithRoomForASingleFile(int bytesLeft, String dispatch) throws Exception {
        String fill = "{ cat /dev/zero > \"$0/full\"; } 2> /dev/null; truncate -s -" + bytesLeft + " \"$0/full\"";

        assertThatNothingChanges(dispatch, onADiskOf1MiB(fill));

        assertThat(Files.readAllLines(directory.resolve("left")))
                .contains("consent", "full")
                .noneMatch(name -> name.startsWith(".tmp-"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"in-process", "detached"})
    void aDiskThatCanBeReadOnly(String dispatch) throws Exception {
        assertThatNothingChanges(dispatch, onADiskOf1MiB("mount -o remount,ro \"$0\""));
    }

    @ParameterizedTest
    @CsvSource({
        "rename,in-process",
        "rename,detached",
        "unlink,in-process",
        "mkdir,in-process",
        "fcntl -P lock,in-process",
        "fcntl -P lock,detached",
        "openat -P consent,in-process",
        "openat -P drain,in-process",
        "openat -P lock,detached",
        "openat -P child,detached"
    })
    void aDiskThatFails(String failing, String dispatch) throws Exception {
        String[] words = failing.split(" -P ", -1);
        List<String> strace = new ArrayList<>(List.of("strace", "-f", "-qq", "--seccomp-bpf", "-o", "/dev/null"));
        strace.addAll(List.of("-e", "trace=" + words[0], "-e", "inject=" + words[0] + ":error=EIO"));
        if (words.length > 1) {
            strace.addAll(List.of("-P", stats.resolve(words[1]).toString()));
        }
        assumeRuns("strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=rename", "true");
        assertThat(program(dispatch, List.of()).run()).isEqualTo(AS_ALWAYS);

        assertThat(program(dispatch, strace).run()).isEqualTo(AS_ALWAYS);

        assertThatNothingRemains();
    }

    @ParameterizedTest
    @CsvSource({"1970-01-02,in-process", "1970-01-02,detached", "2099-12-31,in-process", "2099-12-31,detached"})
    void aClockThatIsWrongAndThenRight(String date, String dispatch) throws Exception {
        assertThat(program(dispatch, FalseClock.at(date)).run()).isEqualTo(AS_ALWAYS);
        DrainProcesses.awaitEnd(stats);
        assertThat(program(dispatch, List.of()).run()).isEqualTo(AS_ALWAYS);
        assertThatNothingRemains();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mkfifo \"$0/" + NAME_OF_A_REPORT + "\"",
                "mkdir \"$0/" + NAME_OF_A_REPORT + "\"",
                "ln -s /dev/zero \"$0/" + NAME_OF_A_REPORT + "\"",
                "truncate -s 100G \"$0/" + NAME_OF_A_REPORT + "\"",
                "mkfifo \"$0/drain\" \"$0/dropped\" \"$0/lock\" \"$0/sent\"",
                "mkdir \"$0/drain\" \"$0/dropped\" \"$0/lock\"; touch \"$0/sent\"",
                "i=1000; while [ $i -lt 4000 ]; do i=$((i + 1)); echo > \"$0/report_179500000${i}_"
                        + "0f0e0d0c-1111-4222-8333-444455556666_00000000.txt\"; done",
                "rm \"$0/consent\"; mkdir \"$0/consent\"",
                "head -c 10000000 /dev/urandom > \"$0/consent\"",
                "rm -r \"$0\"; touch \"$0\""
            })
    void aSpoolFullOfStrangeThings(String shell) throws Exception {
        assertThat(Command.of("sh", "-c", shell, stats.toString()).run().err()).isEmpty();

        assertThatNothingChanges("in-process", List.of());
    }

    @Test
    void aNameThatNobodyKnows() throws Exception {
        dropPoint = URI.create("https://stats.invalid/");
        consent();

        assertThatNothingChanges("in-process", List.of());
        assertThatNothingChanges("detached", List.of());
        DrainProcesses.awaitEnd(stats);
    }

    private void assertThatNothingChanges(String dispatch, List<String> world) throws Exception {
        long start = System.nanoTime();
        assertThat(program(dispatch, world).with("DO_NOT_TRACK", "1").run()).isEqualTo(AS_ALWAYS);
        Duration switchedOff = Duration.ofNanos(System.nanoTime() - start);

        start = System.nanoTime();
        assertThat(program(dispatch, world).run()).isEqualTo(AS_ALWAYS);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isLessThan(switchedOff.multipliedBy(3).plus(LONGEST_WAIT));
    }

    private void assertThatNothingRemains() throws Exception {
        DrainProcesses.awaitEnd(stats);
        try (UsageStats next = open()) {
            assertThat(next.deliver(Duration.ofSeconds(60)).remaining()).isZero();
        }
    }

    private void consent() {
        try (UsageStats stats = open()) {
            stats.enableReporting();
        }
    }

    private UsageStats open() {
        return UsageStatsClient.builder("submit-main", "1.0")
                .location(stats)
                .dropPoint(dropPoint)
                .waitAtClose(Duration.ZERO)
                .open();
    }

    /** A program that submits one report, run by a command that makes its world. */
    private Command program(String dispatch, List<String> world) {
        return Command.submitMain(stats.toString(), dropPoint.toString(), dispatch, "1", "1", "ends")
                .after(world);
    }

    /** A disk of its own for the spool, that only the program sees; what is left on it is listed in a file. */
    private List<String> onADiskOf1MiB(String shell) throws Exception {
        assumeRuns("unshare", "-rm", "mount", "-t", "tmpfs", "stats", directory.toString());
        String script = "cp \"$0/consent\" \"$0.consent\" && mount -t tmpfs -o size=1m,mode=700 stats \"$0\""
                + " && cp \"$0.consent\" \"$0/consent\" && { " + shell
                + "; } && \"$@\" && ls -A \"$0\" > \"$0/../left\"";
        return List.of("unshare", "-rm", "sh", "-c", script, stats.toString());
    }

    private static void assumeRuns(String... command) throws Exception {
        List<String> words = new ArrayList<>(List.of("sh", "-c", "exec \"$0\" \"$@\""));
        words.addAll(List.of(command));
        Command.Ended ended = Command.of(words.toArray(String[]::new)).run();
        assumeTrue(ended.status() == 0, () -> Arrays.toString(command) + " does not run here: " + ended.err());
    }
}
