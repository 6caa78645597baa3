package org.usagestats.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.testkit.Await;
import org.usagestats.testkit.LoopbackCollector;

/** A program in a network that is left only through a proxy, with a collector whose certificate only the program trusts. */
class CompanyProxyTest {

    private static final String DROP_POINT = "https://stats.invalid:8443/";
    private static final String TUNNEL = "CONNECT stats.invalid:8443 HTTP/1.1\r\n";
    private static final String PASSWORD = "throwaway";
    private static final String LOGIN = "cara:p@ss:w\u00f6rd";
    private static final String LOGIN_IN_URL = "cara:p%40ss%3Aw%C3%B6rd@";

    @TempDir
    private static Path certificates;

    @TempDir
    private Path directory;

    private LoopbackCollector collector;
    private CompanyProxy proxy;

    @BeforeAll
    static void makeCertificate() throws Exception {
        keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=stats", "-ext", "san=dns:stats.invalid");
        keytool("-exportcert", "-rfc", "-file", authority().toString());
    }

    @BeforeEach
    void open() throws Exception {
        collector = LoopbackCollector.open(identity());
        proxy = new CompanyProxy(collector.port());
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        collector.close();
    }

    @ParameterizedTest
    @CsvSource({"PROPERTIES,in-process", "PROPERTIES,detached", "ENVIRONMENT,in-process", "ENVIRONMENT,detached"})
    void aReportPassesThroughAProxyThatLetsItThrough(Setting setting, String dispatch) throws Exception {
        run(program(setting, dispatch));

        Await.until(
                "the report",
                Duration.ofSeconds(60),
                () -> !collector.received().isEmpty());
        DrainProcesses.awaitEnd(stats());
        assertThat(collector.received()).hasSize(1);
        assertThat(collector.received().get(0).text()).contains("\nnumber:1\n");
        assertThat(waiting()).isEmpty();
        assertThat(proxy.requests()).hasSize(1).allMatch(head -> head.startsWith(TUNNEL));
    }

    @ParameterizedTest
    @CsvSource({"PROPERTIES,in-process", "PROPERTIES,detached", "ENVIRONMENT,in-process", "ENVIRONMENT,detached"})
    void aReportWaitsBehindAProxyThatAsksForAPasswordAndIsToldNone(Setting setting, String dispatch) throws Exception {
        proxy.askFor(LOGIN);

        run(program(setting, dispatch));

        Await.until("a request", Duration.ofSeconds(60), () -> !proxy.requests().isEmpty());
        DrainProcesses.awaitEnd(stats());
        assertThat(waiting()).hasSize(1);
        assertThat(collector.connections()).isZero();
        assertThat(proxy.requests())
                .allMatch(head -> head.startsWith(TUNNEL))
                .noneMatch(head -> head.contains("Proxy-Authorization"));
    }

    @ParameterizedTest
    @CsvSource({"PROPERTIES,in-process", "PROPERTIES,detached", "ENVIRONMENT,in-process", "ENVIRONMENT,detached"})
    void aReportPassesThroughAProxyThatIsToldThePasswordAndNobodyElseIs(Setting setting, String dispatch)
            throws Exception {
        proxy.askFor(LOGIN);

        run(programWithLogin(setting, dispatch, "-Djdk.http.auth.tunneling.disabledSchemes="));

        Await.until(
                "the report",
                Duration.ofSeconds(60),
                () -> !collector.received().isEmpty());
        DrainProcesses.awaitEnd(stats());
        assertThat(waiting()).isEmpty();
        assertThat(collector.received()).hasSize(1);
        assertThat(collector.received().get(0).header("Proxy-Authorization")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"in-process", "detached"})
    void aPasswordDoesNotTravelOpenlyUnlessTheJvmIsToldThatItMay(String dispatch) throws Exception {
        proxy.askFor(LOGIN);

        run(programWithLogin(Setting.ENVIRONMENT, dispatch, "-Dany=other"));

        Await.until("a request", Duration.ofSeconds(60), () -> !proxy.requests().isEmpty());
        DrainProcesses.awaitEnd(stats());
        assertThat(waiting()).hasSize(1);
        assertThat(proxy.requests()).noneMatch(head -> head.contains("Proxy-Authorization"));
        assertThat(stats().resolve("drain")).content().contains("the proxy asks for a name and a password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"in-process", "detached"})
    void aHostThatNoProxyListsIsNotAskedForAtTheProxy(String dispatch) throws Exception {
        run(program(Setting.ENVIRONMENT, dispatch).with("NO_PROXY", "localhost,stats.invalid"));

        DrainProcesses.awaitEnd(stats());
        assertThat(waiting()).hasSize(1);
        assertThat(stats().resolve("drain")).content().contains("failures:1\n");
        assertThat(proxy.requests()).isEmpty();
    }

    /** How the program is told of the proxy. */
    enum Setting {
        PROPERTIES,
        ENVIRONMENT
    }

    private Command programWithLogin(Setting setting, String dispatch, String option) {
        if (setting == Setting.ENVIRONMENT) {
            return program(setting, dispatch, option)
                    .with("HTTPS_PROXY", "http://" + LOGIN_IN_URL + "127.0.0.1:" + proxy.port());
        }
        String[] login = LOGIN.split(":", 2);
        return program(setting, dispatch, option, "-Dhttps.proxyUser=" + login[0], "-Dhttps.proxyPassword=" + login[1]);
    }

    private Command program(Setting setting, String dispatch, String... options) {
        List<String> words = new ArrayList<>(List.of(Built.java()));
        words.addAll(List.of(options));
        if (setting == Setting.PROPERTIES) {
            words.addAll(List.of("-Dhttps.proxyHost=127.0.0.1", "-Dhttps.proxyPort=" + proxy.port()));
        }
        words.addAll(List.of(
                "-cp",
                Built.classPath("usagestats-api", "usagestats-core", "transport-http", "transport-subprocess"),
                ProxiedMain.class.getName()));
        words.addAll(List.of(stats().toString(), DROP_POINT, authority().toString(), dispatch));
        Command program = Command.of(words.toArray(String[]::new));
        return setting == Setting.ENVIRONMENT
                ? program.with("HTTPS_PROXY", "http://127.0.0.1:" + proxy.port())
                : program;
    }

    private static void run(Command program) throws Exception {
        assertThat(program.run()).isEqualTo(new Command.Ended(0, "SPOOLED\n", ""));
    }

    private Path stats() {
        return directory.resolve("stats");
    }

    private String[] waiting() {
        return stats().toFile().list((folder, name) -> name.startsWith("report_"));
    }

    private static Path authority() {
        return certificates.resolve("stats.pem");
    }

    private static SSLContext identity() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(certificates.resolve("stats.p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        words.addAll(List.of(arguments));
        words.addAll(List.of("-keystore", certificates.resolve("stats.p12").toString(), "-storetype", "PKCS12"));
        words.addAll(List.of("-alias", "stats", "-storepass", PASSWORD));
        assertThat(Command.of(words.toArray(String[]::new)).run().status()).isZero();
    }
}
