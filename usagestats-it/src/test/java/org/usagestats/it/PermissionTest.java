package org.usagestats.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories that may not be written or read; root ignores that, so root runs these as nobody. */
class PermissionTest {

    private static final boolean ROOT = System.getProperty("user.name").equals("root");

    @TempDir
    Path directory;

    private Path program;

    @BeforeEach
    void install() throws Exception {
        assumeTrue(
                !ROOT || Command.of("sh", "-c", "command -v setpriv").run().status() == 0, "setpriv is not installed");
        open(directory, "rwxrwxrwx");
        program = Built.copy(Built.PROGRAM_DIST, directory.resolve("program")).resolve("bin/cool-program");
    }

    @Test
    void aHomeThatCannotBeWrittenChangesNothingForTheProgram() throws Exception {
        Path home = Files.createDirectory(directory.resolve("home"));
        open(home, "r-xr-xr-x");

        Command.Ended ended = asNobody("hello")
                .with("HOME", home)
                .with("XDG_STATE_HOME", home)
                .run();

        assertThat(ended).isEqualTo(new Command.Ended(0, "HELLO!\n", ""));
        assertThat(asNobody("--enable-stats").with("XDG_STATE_HOME", home).run().out())
                .contains("could not be kept");
    }

    @Test
    void aDecisionThatCannotBeReadIsNoConsent() throws Exception {
        Path stats = directory.resolve("stats");
        asNobody("--enable-stats").with("COOL_PROGRAM_STATS_DIR", stats).run();
        open(stats.resolve("consent"), "---------");

        Command.Ended ended =
                asNobody("hello").with("COOL_PROGRAM_STATS_DIR", stats).run();

        assertThat(ended).isEqualTo(new Command.Ended(0, "HELLO!\n", ""));
        assertThat(stats.toFile().list()).containsExactly("consent");
        assertThat(asNobody("--show-stats")
                        .with("COOL_PROGRAM_STATS_DIR", stats)
                        .run()
                        .out())
                .startsWith("DISABLED")
                .contains("cannot be read");
    }

    @Test
    void aDirectoryOfAnotherUserIsNotUsed() throws Exception {
        assumeTrue(ROOT, "only root has directories that are another user's to nobody");
        Path stats = Files.createDirectory(directory.resolve("stats"));

        Command.Ended shown =
                asNobody("--show-stats").with("COOL_PROGRAM_STATS_DIR", stats).run();

        assertThat(shown.out()).startsWith("ERRORED: ").contains("belongs to root");
        assertThat(asNobody("hello").with("COOL_PROGRAM_STATS_DIR", stats).run())
                .isEqualTo(new Command.Ended(0, "HELLO!\n", ""));
        assertThat(stats).isEmptyDirectory();
    }

    @Test
    void aCollectorThatMayNotWriteSaysSoInOneLineAndDoesNotStart() throws Exception {
        Path server = Built.copy(Built.SERVER_DIST, directory.resolve("server")).resolve("bin/usagestats-server");
        Path reports = Files.createDirectory(directory.resolve("reports"));
        open(reports, "r-xr-xr-x");
        for (String sink : List.of("jsonl:", "files:")) {
            Command.Ended ended = nobody(server, "serve", "--sink", sink + reports, "--listen", "127.0.0.1:0")
                    .run();

            assertThat(ended.status()).isEqualTo(1);
            assertThat(ended.err()).contains(reports.toString()).hasLineCount(1);
        }
    }

    private Command asNobody(String argument) {
        return nobody(program, argument);
    }

    private static Command nobody(Path command, String... args) {
        List<String> words = new ArrayList<>();
        if (ROOT) {
            words.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        }
        words.add(command.toString());
        words.addAll(List.of(args));
        return Command.of(words.toArray(String[]::new));
    }

    private static void open(Path path, String permissions) throws Exception {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
}
