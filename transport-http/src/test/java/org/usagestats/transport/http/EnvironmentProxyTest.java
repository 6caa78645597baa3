package org.usagestats.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.api.Report;
import org.usagestats.spi.Delivery;
import org.usagestats.spi.Delivery.Answer;
import org.usagestats.spi.TransportConfig;
import org.usagestats.spi.TransportConfig.Plaintext;
import org.usagestats.testkit.ArrivedRequest;
import org.usagestats.testkit.LoopbackCollector;
import org.usagestats.testkit.ScriptedAnswer;

class EnvironmentProxyTest {

    private static final String PLAIN = "http://stats.invalid/report?a=b";
    private static final String ENCRYPTED = "https://stats.invalid:8443/report";
    private static final String PROXY = "http://proxy.example.org:3128";

    @Test
    void reachesAPlainDropPointThroughTheProxyOfTheEnvironment() throws IOException {
        try (LoopbackCollector proxy = LoopbackCollector.open()) {
            Delivery delivery = deliver(PLAIN, Map.of("http_proxy", url(proxy)));

            assertThat(delivery.answer()).isEqualTo(Answer.DELIVERED);
            assertThat(proxy.received()).extracting(ArrivedRequest::path).containsExactly(PLAIN);
        }
    }

    @Test
    void tellsAProxyTheLoginInItsUrlAndACollectorThatIsReachedWithoutOneNothing() throws IOException {
        try (LoopbackCollector proxy = LoopbackCollector.open()) {
            String url = "http://user:sec%20ret@127.0.0.1:" + proxy.port() + "/";
            deliver(PLAIN, Map.of("HTTP_PROXY", url));
            deliver("http://127.0.0.1:" + proxy.port() + "/", Map.of("HTTP_PROXY", url));

            assertThat(proxy.received())
                    .extracting(request -> request.header("Proxy-Authorization"))
                    .containsExactly(Optional.of("Basic dXNlcjpzZWMgcmV0"), Optional.empty());
        }
    }

    @Test
    void tellsNoOtherProxyTheLoginOfThatOfTheEnvironment() throws IOException {
        try (LoopbackCollector jvm = LoopbackCollector.open()) {
            System.setProperty("http.proxyHost", "127.0.0.1");
            System.setProperty("http.proxyPort", String.valueOf(jvm.port()));
            try {
                deliver(PLAIN, Map.of("http_proxy", "http://user:secret@proxy.example.org:3128"));
            } finally {
                System.clearProperty("http.proxyHost");
                System.clearProperty("http.proxyPort");
            }
            assertThat(jvm.received().get(0).header("Proxy-Authorization")).isEmpty();
        }
    }

    @Test
    void asksTheProxyForATunnelToAnEncryptedDropPointAndAnswersNoCallForAPassword() throws IOException {
        try (LoopbackCollector proxy = LoopbackCollector.open()) {
            proxy.answerNext(ScriptedAnswer.of(407, "who?", "Proxy-Authenticate: Basic realm=\"proxy\""));

            Delivery delivery =
                    deliver(ENCRYPTED, Map.of("HTTPS_PROXY", "http://user:secret@127.0.0.1:" + proxy.port() + "/"));

            assertThat(delivery.answer()).isIn(Answer.REFUSED, Answer.UNANSWERED);
            assertThat(proxy.received())
                    .extracting(request -> request.method() + " " + request.path())
                    .containsExactly("CONNECT stats.invalid:8443");
            assertThat(proxy.received().get(0).header("Proxy-Authorization")).isEmpty();
        }
    }

    @Test
    void usesTheProxyOfTheJvmBeforeThatOfTheEnvironment() throws IOException {
        try (LoopbackCollector jvm = LoopbackCollector.open();
                LoopbackCollector environment = LoopbackCollector.open()) {
            System.setProperty("http.proxyHost", "127.0.0.1");
            System.setProperty("http.proxyPort", String.valueOf(jvm.port()));
            try {
                deliver(PLAIN, Map.of("http_proxy", url(environment)));
            } finally {
                System.clearProperty("http.proxyHost");
                System.clearProperty("http.proxyPort");
            }
            assertThat(jvm.received()).hasSize(1);
            assertThat(environment.connections()).isZero();
        }
    }

    @Test
    void leavesTheChoiceToAProgramThatMadeItsOwn() throws IOException {
        ProxySelector standard = ProxySelector.getDefault();
        ProxySelector.setDefault(ProxySelector.of(null));
        try {
            assertThat(chosen(PLAIN, Map.of("http_proxy", PROXY))).isEmpty();
        } finally {
            ProxySelector.setDefault(standard);
        }
        assertThat(chosen(PLAIN, Map.of("http_proxy", PROXY))).hasValue("proxy.example.org:3128");
    }

    @Test
    void goesByTheSchemeAndPrefersLowerCase() throws IOException {
        Map<String, String> all =
                Map.of("http_proxy", "a:1", "HTTP_PROXY", "b:2", "HTTPS_PROXY", "http://c/", "ALL_PROXY", "http://d:4");

        assertThat(chosen(PLAIN, all)).hasValue("a:1");
        assertThat(chosen(ENCRYPTED, all)).hasValue("c:80");
        assertThat(chosen(ENCRYPTED, Map.of("http_proxy", PROXY))).isEmpty();
        assertThat(chosen(PLAIN, Map.of("HTTP_PROXY", "b:2", "http_proxy", ""))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080/", "http://127.0.0.1/", "http://[::1]/"})
    void reachesThisMachineDirectly(String dropPoint) throws IOException {
        assertThat(chosen(dropPoint, Map.of("http_proxy", PROXY))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*", "stats.invalid", ".invalid", "invalid", "other, STATS.invalid ,x", "stats.invalid:8443"})
    void reachesExemptHostsDirectly(String exempt) throws IOException {
        assertThat(chosen(ENCRYPTED, Map.of("https_proxy", PROXY, "no_proxy", exempt)))
                .isEmpty();
        assertThat(chosen(ENCRYPTED, Map.of("https_proxy", PROXY, "NO_PROXY", exempt)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", ".", "ats.invalid", "stats", "stats.invalid.org", "stats.invalid:443", "8443"})
    void reachesOtherHostsThroughTheProxy(String exempt) throws IOException {
        assertThat(chosen(ENCRYPTED, Map.of("https_proxy", PROXY, "no_proxy", exempt)))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "https://[2001:db8::1]/,2001:db8::1",
        "https://[2001:db8::1]/,[2001:db8::1]:443",
        "https://192.0.2.1/,192.0.2.1"
    })
    void exemptsAddresses(String dropPoint, String exempt) throws IOException {
        assertThat(chosen(dropPoint, Map.of("https_proxy", PROXY, "no_proxy", exempt)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"socks5://secret:1080", "https://secret:1", "http://", "not a secret url", ":3128"})
    void doesNotGoPastAProxyThatItCannotUse(String proxy) {
        assertThatThrownBy(() -> chosen(ENCRYPTED, Map.of("https_proxy", proxy)))
                .isInstanceOf(IOException.class)
                .hasMessage("the environment variable https_proxy is not of the form http://host:port");
    }

    private static String url(LoopbackCollector proxy) {
        return "http://127.0.0.1:" + proxy.port();
    }

    private static Optional<String> chosen(String dropPoint, Map<String, String> environment) throws IOException {
        URI url = URI.create(dropPoint);
        return EnvironmentProxy.choose(url, environment).map(selector -> {
            Proxy proxy = selector.select(url).get(0);
            InetSocketAddress address = (InetSocketAddress) proxy.address();
            return address.getHostString() + ":" + address.getPort();
        });
    }

    private static Delivery deliver(String dropPoint, Map<String, String> environment) throws IOException {
        TransportConfig config = new TransportConfig(URI.create(dropPoint), Plaintext.ANYWHERE, Optional.empty());
        try (HttpTransport transport = HttpTransport.open(config, environment)) {
            return transport.deliver(Report.of(UUID.randomUUID(), new byte[] {'x'}), Duration.ofSeconds(20));
        }
    }
}
