package org.usagestats.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.testkit.Await;
import org.usagestats.testkit.LoopbackCollector;

/**
 * The administrator's word, where it counts: in {@code /etc/xdg}. Each program runs in a mount namespace of its own, in which
 * a folder of the test is there; the machine's is not touched.
 */
@EnabledOnOs(OS.LINUX)
class PolicyTest {

    private static final boolean ROOT = System.getProperty("user.name").equals("root");
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private Path system;
    private Path stats;

    @BeforeEach
    void configure() throws Exception {
        system = Files.createDirectory(directory.resolve("system"));
        stats = directory.resolve("stats");
        open(directory, "rwxrwxrwx");
        assumeTrue(isRunnable("unshare --version"), "unshare is not installed");
        Command.Ended mounted = underSystem(List.of("true")).run();
        assumeTrue(mounted.status() == 0, "no private mount namespace can be had here: " + mounted.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"in-process", "detached"})
    void aPolicysOffWinsOverAUsersYesAndSaysWhy(String dispatch) throws Exception {
        try (LoopbackCollector collector = LoopbackCollector.open()) {
            program(collector, dispatch, "--enable-stats").run();
            administrator("reporting:off\n");

            Command.Ended ended = program(collector, dispatch, "hello").run();
            assertThat(ended).isEqualTo(new Command.Ended(0, "HELLO!\n", ""));
            assertThat(program(collector, dispatch, "--send-stats").run().out()).startsWith("0 delivered");

            String why = "by your administrator (/etc/xdg/usage-stats/cool-program)";
            assertThat(program(collector, dispatch, "--show-stats").run().out())
                    .startsWith("DISABLED_BY_ENVIRONMENT: ")
                    .contains(why)
                    .contains("0 reports wait");
            Command.Ended enabling =
                    program(collector, dispatch, "--enable-stats").run();
            assertThat(enabling.status()).isEqualTo(1);
            assertThat(enabling.out()).contains(why);
            assertThat(DrainProcesses.of(stats)).isEmpty();
            assertThat(collector.received()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"in-process", "detached"})
    void aPolicysOnSendsForAUserWhoHasNotDecidedWithoutAnIdentifier(String dispatch) throws Exception {
        try (LoopbackCollector collector = LoopbackCollector.open()) {
            administrator("# everybody in the lab\nreporting:on\n");

            Command.Ended ended = program(collector, dispatch, "hello").run();
            assertThat(ended).isEqualTo(new Command.Ended(0, "HELLO!\n", ""));
            awaitReports(collector, dispatch, 1);

            assertThat(collector.received().get(0).text())
                    .contains("word:hello\n")
                    .doesNotContain("user:");
            assertThat(program(collector, dispatch, "--show-stats").run().out())
                    .startsWith("ENABLED: Usage statistics are enabled by your administrator"
                            + " (/etc/xdg/usage-stats/cool-program).");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--disable-stats", "DO_NOT_TRACK"})
    void aUsersNoWinsOverAPolicysOn(String no) throws Exception {
        try (LoopbackCollector collector = LoopbackCollector.open()) {
            administrator("reporting:on\n");
            if (no.startsWith("--")) {
                program(collector, "in-process", no).run();
            }
            String doNotTrack = no.startsWith("--") ? "" : "1";

            program(collector, "in-process", "hello")
                    .with("DO_NOT_TRACK", doNotTrack)
                    .run();

            assertThat(program(collector, "in-process", "--show-stats")
                            .with("DO_NOT_TRACK", doNotTrack)
                            .run()
                            .out())
                    .startsWith("DISABLED")
                    .contains("0 reports wait");
            assertThat(collector.received()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"in-process", "detached"})
    void aPolicysDropPointTakesThePlaceOfTheProgramsWhenTheUserSaysYes(String dispatch) throws Exception {
        try (LoopbackCollector programs = LoopbackCollector.open();
                LoopbackCollector administrators = LoopbackCollector.open()) {
            administrator("drop_point:" + administrators.dropPoint() + "\n");
            program(programs, dispatch, "hello").run();
            assertThat(program(programs, dispatch, "--show-stats").run().out())
                    .startsWith("UNSET: ")
                    .contains("\nReports go to " + administrators.dropPoint() + ".\n");
            assertThat(administrators.received()).isEmpty();

            program(programs, dispatch, "--enable-stats").run();
            program(programs, dispatch, "world").run();
            awaitReports(administrators, dispatch, 2);

            assertThat(programs.received()).isEmpty();
        }
    }

    @Test
    void aPolicyThatCannotBeFollowedIsOffAndSaysWhatIsWrong() throws Exception {
        try (LoopbackCollector collector = LoopbackCollector.open()) {
            program(collector, "in-process", "--enable-stats").run();
            administrator("reporting:maybe\n");
            program(collector, "in-process", "hello").run();

            assertThat(program(collector, "in-process", "--show-stats").run().out())
                    .startsWith("DISABLED_BY_ENVIRONMENT: ")
                    .contains("says \"reporting:maybe\"; allowed are \"reporting:on\" and \"reporting:off\"");
            open(policy(), "rw-rw-rw-");
            assertThat(program(collector, "in-process", "--show-stats").run().out())
                    .contains("can be written by others than its owner");
            assertThat(collector.received()).isEmpty();
        }
    }

    @Test
    void aPolicyThatTheUserMayNotSeeIsOff() throws Exception {
        assumeTrue(ROOT, "only root has folders that nobody may not search");
        assumeTrue(isRunnable("setpriv --version"), "setpriv is not installed");
        Path dist = Built.copy(Built.PROGRAM_DIST, directory.resolve("program"));
        administrator("reporting:on\n");
        open(system.resolve("usage-stats"), "rwx------");

        Command.Ended shown = underSystem(List.of(
                        "setpriv",
                        "--reuid=65534",
                        "--regid=65534",
                        "--clear-groups",
                        dist.resolve("bin/cool-program").toString(),
                        "--show-stats"))
                .with("COOL_PROGRAM_STATS_DIR", stats)
                .run();

        assertThat(shown.out()).startsWith("DISABLED_BY_ENVIRONMENT: ").contains("cannot be read");
    }

    @Test
    void openingWithoutAPolicyCostsOneLookForIt() throws Exception {
        assumeTrue(isRunnable("strace true"), "strace is not installed, or may not trace here");
        Path trace = directory.resolve("trace");
        Command.Ended ended = Command.of(
                        "strace",
                        "-f",
                        "-e",
                        "trace=file",
                        "-o",
                        trace.toString(),
                        Built.java(),
                        "-cp",
                        Built.classPath("usagestats-api", "usagestats-core"),
                        SubmitMain.class.getName(),
                        stats.toString(),
                        "http://127.0.0.1:9/",
                        "in-process",
                        "0",
                        "0",
                        "ends")
                .run();

        assertThat(ended.out()).isEqualTo("submitted\n");
        assertThat(Files.readAllLines(trace))
                .filteredOn(call -> call.contains("\"/etc/xdg"))
                .hasSize(1);
    }

    /** A program that sends in process waits for a second at the most; on a busy machine that may not be enough. */
    private void awaitReports(LoopbackCollector collector, String dispatch, int count) throws Exception {
        if (dispatch.equals("in-process")) {
            assertThat(program(collector, dispatch, "--send-stats").run().out()).contains("0 remain");
        }
        Await.until("the reports", SOON, () -> collector.received().size() >= count);
        assertThat(collector.received()).hasSize(count);
        DrainProcesses.awaitEnd(stats);
    }

    private void administrator(String text) throws Exception {
        Files.createDirectories(policy().getParent());
        Files.writeString(policy(), text);
        open(policy(), "rw-r--r--");
    }

    private Path policy() {
        return system.resolve("usage-stats/cool-program");
    }

    private Command program(LoopbackCollector collector, String dispatch, String argument) {
        return underSystem(
                        List.of(Built.PROGRAM_DIST.resolve("bin/cool-program").toString(), argument))
                .with("COOL_PROGRAM_DROP_POINT", collector.dropPoint())
                .with("COOL_PROGRAM_STATS_DIR", stats)
                .with("COOL_PROGRAM_DISPATCH", dispatch)
                .with("COOL_PROGRAM_UPLOAD", "every-submit");
    }

    private Command underSystem(List<String> words) {
        List<String> all = new ArrayList<>(List.of(
                "unshare",
                ROOT ? "--mount" : "-rm",
                "sh",
                "-c",
                "mount --bind \"$0\" /etc/xdg && exec \"$@\"",
                system.toString()));
        all.addAll(words);
        return Command.of(all.toArray(String[]::new));
    }

    private static void open(Path path, String permissions) throws Exception {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static boolean isRunnable(String command) throws Exception {
        return Command.of("sh", "-c", command).run().status() == 0;
    }
}
