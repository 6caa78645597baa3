package org.usagestats.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.cli.ParseException;
import org.junit.jupiter.api.io.TempDir;

/** Whatever an operator writes, it is understood or refused in one line that tells no secret. */
class OperatorFilesFuzzTest {

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~-]{20,}");

    @TempDir
    Path directory;

    @FuzzTest
    void tokens(byte[] file) {
        String text = new String(file, UTF_8);
        try {
            Tokens tokens = Tokens.none().and(text, "the file");
            assertThat(List.of(Scope.values())).anyMatch(tokens::anyFor);
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).startsWith("the file").doesNotContain("\n");
            Matcher token = TOKEN.matcher(text);
            while (token.find()) {
                assertThat(refused.getMessage()).doesNotContain(token.group());
            }
        }
    }

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
        } catch (ParseException | IOException refused) {
            assertThat(refused.getMessage()).contains(file.toString()).doesNotContain("\n");
        }
    }
}
