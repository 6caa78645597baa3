package org.usagestats.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.api.Consent;
import org.usagestats.api.UsageStats;

class SettingsTest {

    @TempDir
    Path directory;

    @Test
    void theProgramIsPutTogetherSoThatReportsCanBeDelivered() {
        for (String dispatch : new String[] {"in-process", "detached"}) {
            try (UsageStats stats =
                    Settings.of(Map.of("COOL_PROGRAM_DISPATCH", dispatch)).open()) {
                stats.verify();
            }
        }
    }

    @Test
    void testsDoNotCountAsUse() {
        Map<String, String> environment =
                Map.of("COOL_PROGRAM_STATS_DIR", directory.resolve("stats").toString());
        try (UsageStats stats = Settings.of(environment).open()) {
            stats.submit();

            assertThat(stats.consent().state()).isEqualTo(Consent.State.DISABLED_BY_ENVIRONMENT);
            assertThat(stats.consent().reason()).contains("usagestats.disabled");
        }
        assertThat(directory.resolve("stats")).doesNotExist();
    }

    @Test
    void aChoiceThatThereIsNotIsToldWithThoseThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.of(Map.of("COOL_PROGRAM_UPLOAD", "never")))
                .withMessage("COOL_PROGRAM_UPLOAD is \"scheduled\" or \"every-submit\", not \"never\"");
    }
}
