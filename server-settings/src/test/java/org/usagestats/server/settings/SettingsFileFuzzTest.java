package org.usagestats.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Whatever an operator writes into the file, it is understood as it is printed, or refused in one line. */
class SettingsFileFuzzTest {

    @TempDir
    Path directory;

    @FuzzTest
    void settings(byte[] text) throws IOException {
        Path file = directory.resolve("settings");
        Files.write(file, text);
        try {
            Map<Setting, Settings.Given> read = SettingSources.file(file);
            Settings settings = new Settings(List.of());
            settings.over(read);
            if (settings.print().indexOf('\\') < 0) {
                Files.writeString(file, settings.print());
                Map<Setting, Settings.Given> again = SettingSources.file(file);
                read.forEach((setting, given) ->
                        assertThat(again.get(setting).values()).isEqualTo(given.values()));
            }
        } catch (SettingException | IOException refused) {
            assertThat(refused.getMessage()).contains(file.toString()).doesNotContain("\n");
        }
    }
}
