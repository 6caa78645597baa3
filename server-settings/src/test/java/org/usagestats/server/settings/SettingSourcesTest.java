package org.usagestats.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be set on the command line can be set elsewhere. */
class SettingSourcesTest {

    @TempDir
    private Path directory;

    private static List<Setting> settingsOfServe() {
        return Setting.of(Command.SERVE);
    }

    @ParameterizedTest
    @MethodSource("settingsOfServe")
    void every_setting_has_its_line_and_its_variable(Setting setting) throws Exception {
        String value = switch (setting) {
            case BEHIND_PROXY, NO_QUERIES, PUBLIC_VIEW -> "true";
            default -> "x";
        };
        Map<String, String> environment = Map.of(
                setting.variable(), setting == Setting.CONFIG ? file("host = x").toString() : value);
        assertThat(CommandLineSyntax.settings(Command.SERVE, List.of(), environment)
                        .values(setting))
                .hasSize(1);
        if (setting.kind() != Setting.Kind.SECRET && setting != Setting.CONFIG) {
            Path file = file(setting.word() + " = " + value);
            assertThat(SettingSources.file(file).get(setting).values()).containsExactly(value);
        }
    }

    private Path file(String line) throws Exception {
        return Files.writeString(directory.resolve("collector.conf"), line + "\n");
    }
}
