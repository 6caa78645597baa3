package org.usagestats.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SwitchesTest {

    @TempDir
    Path configuration;

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "on", "enabled", "yes", "true", "TRUE", " On "})
    void wordsForOnDoNotSwitchOff(String value) {
        assertThat(off(Map.of("COOL_USAGE_STATS", value))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "off", "disabled", "no", "false", "maybe", "2"})
    void anyOtherWordInTheProgramsVariableSwitchesOff(String value) {
        assertThat(off(Map.of("COOL_USAGE_STATS", value))).contains("COOL_USAGE_STATS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "off", "OFF", "disabled", "no", "False", " ", " 0 "})
    void wordsForNoWishDoNotSwitchOff(String value) {
        assertThat(off(Map.of("DO_NOT_TRACK", value))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "yes", "true", "TRUE", "on", "please"})
    void anyOtherWordInDoNotTrackSwitchesOff(String value) {
        assertThat(off(Map.of("DO_NOT_TRACK", value))).contains("DO_NOT_TRACK");
    }

    @Test
    void theProgramsOwnVariableCannotOverruleDoNotTrack() {
        assertThat(off(Map.of("COOL_USAGE_STATS", "1", "DO_NOT_TRACK", "1"))).contains("DO_NOT_TRACK");
    }

    @Test
    void theFileForAllProgramsSwitchesOffAsSoonAsItIsThere() throws Exception {
        Switches switches = new Switches("COOL_USAGE_STATS", Map.of(), configuration.toFile(), noPolicy());
        assertThat(switches.off()).isNull();

        Files.createDirectory(configuration.resolve("usage-stats"));
        Files.createFile(configuration.resolve("usage-stats/off"));

        assertThat(switches.off()).contains("usage-stats").endsWith("off.");
    }

    /** Without a value too, as by {@code java -Dusagestats.disabled}: nobody names it who does not mean it. */
    @ParameterizedTest
    @ValueSource(strings = {"true", "yes", ""})
    void theSystemPropertySwitchesOff(String value) {
        System.setProperty("usagestats.disabled", value);
        try {
            assertThat(off(Map.of())).contains("usagestats.disabled");
        } finally {
            System.clearProperty("usagestats.disabled");
        }
    }

    private String off(Map<String, String> environment) {
        return new Switches("COOL_USAGE_STATS", environment, configuration.toFile(), noPolicy()).off();
    }

    private Policy noPolicy() {
        return new Policy(configuration.toFile(), "absent");
    }
}
