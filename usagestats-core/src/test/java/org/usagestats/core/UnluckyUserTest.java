package org.usagestats.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usagestats.api.Note.note;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.api.Consent.State;
import org.usagestats.api.Submission.Fate;
import org.usagestats.api.UsageStats;

/** What a user's folders can be like, which the program's author never saw: the program goes on, and its user learns why. */
class UnluckyUserTest {

    @TempDir
    Path directory;

    /** So does a home with an umlaut look to a JVM that was started by cron, in the locale C. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aHomeThatCannotBeWrittenInTheProgramsLocaleIsAnErroredState() {
        try (UsageStats stats = open(Map.of("XDG_STATE_HOME", directory + "/j\ud800rgen", "HOME", "/"))) {
            assertThat(stats.consent().state()).isEqualTo(State.ERRORED);
            assertThat(stats.consent().reason()).contains("rgen", "LC_ALL");
            assertThatNothingIsKept(stats);
        }
    }

    /** As in a container whose user no file names; Java calls such a home "?". */
    @Test
    void aUserWithoutAHomeIsAnErroredState() {
        String home = System.getProperty("user.home");
        System.setProperty("user.home", "?");
        try (UsageStats stats = open(Map.of())) {
            assertThat(stats.consent().state()).isEqualTo(State.ERRORED);
            assertThat(stats.consent().reason()).contains("no home directory");
            assertThatNothingIsKept(stats);
        } finally {
            System.setProperty("user.home", home);
        }
    }

    /** As services often run, which were written when files were everybody's. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void underAnOpenUmaskNoFolderIsOpenToOthers() throws Exception {
        ProcessBuilder program = new ProcessBuilder(
                "/bin/sh",
                "-c",
                "umask 0; exec \"$0\" \"$@\"",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                codeOf(UmaskMain.class) + ":" + codeOf(UsageStatsClient.class) + ":" + codeOf(UsageStats.class),
                UmaskMain.class.getName());
        program.environment().clear();
        program.environment()
                .put("XDG_STATE_HOME", directory.resolve("local/state").toString());
        Process process = program.inheritIO().start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        for (String folder : List.of("local", "local/state", "local/state/umask")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(folder))))
                    .isEqualTo("rwxr-xr-x");
        }
        Path stats = directory.resolve("local/state/umask/usage-stats");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(stats)))
                .isEqualTo("rwx------");
        assertThat(stats).isNotEmptyDirectory();
    }

    private static String codeOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    private static void assertThatNothingIsKept(UsageStats stats) {
        assertThat(stats.submit(note("n", 1)).fate()).isEqualTo(Fate.DISCARDED);
        assertThat(stats.enableReporting().state()).isEqualTo(State.ERRORED);
        assertThat(stats.disableReporting().state()).isEqualTo(State.ERRORED);
        assertThat(stats.pending()).isEmpty();
        assertThat(stats.journal()).isEmpty();
        assertThat(stats.forget().asked()).isZero();
        assertThat(stats.deliver(Duration.ZERO).remaining()).isZero();
        assertThat(stats.delivery().waiting()).isZero();
    }

    private static UsageStats open(Map<String, String> environment) {
        return UsageStatsClient.builder("unlucky", "1")
                .dropPoint(URI.create("https://localhost/"))
                .transport(new ScriptedTransport())
                .environment(environment)
                .open();
    }
}
