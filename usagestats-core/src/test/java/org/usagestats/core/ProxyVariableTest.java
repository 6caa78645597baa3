package org.usagestats.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.usagestats.api.Note;

class ProxyVariableTest {

    @ParameterizedTest
    @CsvSource({
        "http://user:secret@proxy:3128/, http://proxy:3128/",
        "http://user:s@cret@proxy, http://proxy",
        "user:secret@proxy:80, proxy:80",
        "http://proxy:80, http://proxy:80",
        "not a url with a secret@, ''",
        "'', ''"
    })
    void nothingBeforeTheAtIsPassedOn(String url, String rest) {
        assertThat(ProxyVariable.withoutLogin(url)).isEqualTo(rest);
        assertThat(JavaCommand.passedOn(Map.of("HTTPS_PROXY", url, "NO_PROXY", "a@b"), "X"))
                .isEqualTo(Map.of("HTTPS_PROXY", rest, "NO_PROXY", "a@b"));
    }

    @Test
    void theLoginIsTheSameInProperties() {
        assertThat(logins(
                        Map.of("https_proxy", "http://user:s%40c:ret@proxy:3128", "HTTPS_PROXY", "http://other@proxy")))
                .containsExactly(new Note("https.proxyUser", "user"), new Note("https.proxyPassword", "s@c:ret"));
        assertThat(logins(Map.of("HTTPS_PROXY", " user@proxy ")))
                .containsExactly(new Note("https.proxyUser", "user"), new Note("https.proxyPassword", ""));
    }

    @Test
    void whatHasNoLoginOrIsNoUrlSaysNothing() {
        assertThat(logins(Map.of("HTTPS_PROXY", "http://proxy:3128"))).isEmpty();
        assertThat(logins(Map.of("HTTPS_PROXY", "http://a b:c@proxy"))).isEmpty();
        assertThat(logins(Map.of("HTTP_PROXY", "http://user:secret@proxy"))).isEmpty();
        assertThat(logins(Map.of())).isEmpty();
    }

    @Test
    void whereTheJvmHasAProxyOfItsOwnThatIsNotToldTheLoginOfAnother() {
        Map<String, String> environment = Map.of("HTTPS_PROXY", "http://user:secret@proxy");
        assertThat(ChildFile.networkProperties(environment)).contains(new Note("https.proxyPassword", "secret"));

        System.setProperty("https.proxyHost", "127.0.0.1");
        try {
            assertThat(ChildFile.networkProperties(environment))
                    .contains(new Note("https.proxyHost", "127.0.0.1"))
                    .doesNotContain(new Note("https.proxyPassword", "secret"));
        } finally {
            System.clearProperty("https.proxyHost");
        }
    }

    private static List<Note> logins(Map<String, String> environment) {
        List<Note> properties = new ArrayList<>();
        ProxyVariable.addLogin("https", environment, properties);
        return properties;
    }
}
