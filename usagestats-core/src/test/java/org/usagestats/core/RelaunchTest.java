package org.usagestats.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.usagestats.spi.DrainProcess;

/** A program is started once more only where its main has said that it knows what to do then. */
class RelaunchTest {

    private static final Path SPOOL = Path.of("/spool");

    @BeforeEach
    @AfterEach
    void forget() {
        System.getProperties().keySet().removeIf(key -> key.toString().startsWith("usagestats.relaunch"));
        System.clearProperty("jpackage.app-path");
    }

    @Test
    void aProgramThatDoesNotOfferItIsNotStartedAgain() {
        System.setProperty("jpackage.app-path", "/opt/cool/bin/cool");

        assertThat(Relaunch.drainOf(SPOOL, Map.of())).isNull();
    }

    @Test
    void aPackagedProgramThatOffersItIsStartedByItsLauncher() {
        System.setProperty("jpackage.app-path", "/opt/cool/bin/cool");

        assertThat(UsageStatsClient.delivers("hello", "world")).isFalse();

        DrainProcess process = Relaunch.drainOf(SPOOL, Map.of("LANG", "C"));
        assertThat(process).isNotNull();
        assertThat(process.isRelaunch()).isTrue();
        assertThat(process.java()).isEqualTo(Path.of("/opt/cool/bin/cool"));
        assertThat(process.mainClass()).isEqualTo(DrainMain.class.getName());
        assertThat(process.environment()).containsExactly(Map.entry("LANG", "C"));
    }

    @Test
    void anotherProgramThatOffersItIsStartedByTheExecutableOfItsProcess() {
        assertThat(UsageStatsClient.delivers()).isFalse();

        DrainProcess process = Relaunch.drainOf(SPOOL, Map.of());

        assertThat(process).isNotNull();
        assertThat(process.java().toString())
                .isEqualTo(ProcessHandle.current().info().command().orElseThrow());
    }
}
