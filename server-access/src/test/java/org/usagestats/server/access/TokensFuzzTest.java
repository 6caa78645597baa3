package org.usagestats.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whatever an operator writes for tokens, it is understood or refused in one line that tells no secret. */
class TokensFuzzTest {

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~-]{20,}");

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
}
