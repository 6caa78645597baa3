package org.usagestats.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.spi.TransportConfig;
import org.usagestats.spi.TransportConfig.Plaintext;

class DropPointTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost/", "http://LOCALHOST:80", "http://127.0.0.1:8080/x?y", "http://127.255.255.254/",
                "http://[::1]:8080/", "http://[0:0:0:0:0:0:0:1]/", "HTTP://127.0.0.1/", "https://stats.example.org/",
                "https://192.0.2.1:8443/"
            })
    void acceptsHttpsAndThisMachine(String url) {
        assertThat(checked(url, Plaintext.LOOPBACK)).isEqualTo(URI.create(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://stats.example.org/",
                "http://localhost.example.org/",
                "http://127.0.0.1.example.org/",
                "http://127.example.org/",
                "http://192.168.0.1/",
                "http://128.0.0.1/",
                "http://[2001:db8::1]/",
                "http://0.0.0.0/",
                "http://server127/",
                "http://no-such-host.invalid/",
                "HTTP://stats.example.org"
            })
    void refusesPlainHttpBeyondThisMachineUnlessAllowed(String url) {
        assertThatThrownBy(() -> checked(url, Plaintext.LOOPBACK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("reports do not travel unencrypted beyond this machine: use https, or allow"
                        + " plaintext to " + url.substring(0, 11));
        assertThat(checked(url, Plaintext.ANYWHERE)).isEqualTo(URI.create(url));
    }

    @ParameterizedTest
    @CsvSource({
        "https://h,https://h/v1/erasures",
        "https://h/,https://h/v1/erasures",
        "https://h?a=b,https://h/v1/erasures",
        "https://h:8443/stats/,https://h:8443/stats/v1/erasures",
        "https://h/stats/?a=b,https://h/stats/v1/erasures",
        "https://h/stats,https://h/v1/erasures",
        "https://h/a%20b/,https://h/a%20b/v1/erasures"
    })
    void takesErasuresInTheSameFolder(String url, String erasures) {
        assertThat(DropPoint.erasures(URI.create(url))).isEqualTo(URI.create(erasures));
    }

    @Test
    void refusesAUserNameAndDoesNotRepeatIt() {
        assertThatThrownBy(() -> checked("https://user:secret@stats.example.org/", Plaintext.ANYWHERE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a drop point holds no user name and no password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https:/stats", "https:stats", "https://my_host/", "https://host:99999/", "https://127.1/"})
    void refusesWhatNamesNoHost(String url) {
        assertThatThrownBy(() -> checked(url, Plaintext.ANYWHERE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a drop point names a host");
    }

    private static URI checked(String url, Plaintext plaintext) {
        return DropPoint.checked(new TransportConfig(URI.create(url), plaintext, Optional.empty()));
    }
}
