package org.usagestats.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.api.Backlog;
import org.usagestats.api.Note;
import org.usagestats.spi.TransportConfig;
import org.usagestats.spi.TransportConfig.Plaintext;

/** The process that drains, and how it and the programs that start it share the spool's lock. */
class DetachedDispatchTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    @Test
    void aDrainProcessThatFindsTheLockTakenForAMomentWaitsForIt() throws Exception {
        Spool spool = new Spool(new SpoolDirectory(directory.resolve("stats").toFile()));
        new ConsentBook(
                        new Switches("X", Map.of(), null, new Policy(directory.toFile(), "model")),
                        new FileConsentStore(spool.directory()),
                        spool,
                        new Declared(URI.create("gopher://localhost/"), List.of(), false))
                .enable(Backlog.SEND);
        spool.store("date:10.000\n".getBytes(StandardCharsets.UTF_8), System.currentTimeMillis(), 500);
        TransportConfig nowhere =
                new TransportConfig(URI.create("gopher://localhost/"), Plaintext.LOOPBACK, Optional.empty());
        new ChildFile("model", "X", nowhere, null, List.of(new Note("some.property", "x"))).write(spool);

        Process process;
        try (DrainLock lock = spool.directory().tryLock()) {
            assertThat(lock).isNotNull();
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            codeOf(DrainMain.class) + ":" + codeOf(Note.class),
                            DrainMain.class.getName(),
                            directory.resolve("stats").toString())
                    .redirectErrorStream(true)
                    .start();
            assertThat(process.waitFor(1500, TimeUnit.MILLISECONDS))
                    .as("ended while the lock was taken")
                    .isFalse();
        }

        assertThat(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.getInputStream().readAllBytes()).isEmpty();
        // There is no transport for this drop point, so that it tried shows in the state it left.
        assertThat(DrainState.read(spool).failures()).isEqualTo(1);
        assertThat(spool.names()).hasSize(1);
    }

    /** In another locale than the program's, a process cannot even name a spool with an umlaut in its path. */
    @Test
    void aDrainProcessNamesFilesAsTheProgramDoes() {
        Map<String, String> locale = Map.of("LANG", "C", "LC_CTYPE", "C.UTF-8", "LC_ALL", "");

        assertThat(JavaCommand.passedOn(locale, "X")).isEqualTo(locale);
    }

    private static String codeOf(Class<?> type) {
        return Path.of(URI.create(
                        type.getProtectionDomain().getCodeSource().getLocation().toString()))
                .toString();
    }
}
