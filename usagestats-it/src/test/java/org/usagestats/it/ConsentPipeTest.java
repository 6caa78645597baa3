package org.usagestats.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.testkit.Await;

/** A decision that is a named pipe, which blocks whoever opens it, is a decision that cannot be read. */
@DisabledOnOs(OS.WINDOWS)
class ConsentPipeTest {

    @TempDir
    private Path directory;

    @Test
    void theProgramGoesOnWithoutConsent() throws Exception {
        Path stats = Files.createDirectory(directory.resolve("stats"));
        assertThat(Command.of("mkfifo", stats.resolve("consent").toString())
                        .run()
                        .status())
                .isZero();

        try (Command.Running program = Command.coolProgram("hello")
                .with("COOL_PROGRAM_STATS_DIR", stats)
                .start()) {
            Await.until(
                    "the end of the program",
                    Duration.ofSeconds(20),
                    () -> !program.process().isAlive());
            assertThat(program.end()).isEqualTo(new Command.Ended(0, "HELLO!\n", ""));
        }
        assertThat(stats.toFile().list()).containsExactly("consent");
    }
}
