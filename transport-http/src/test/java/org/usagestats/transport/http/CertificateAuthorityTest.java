package org.usagestats.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.api.Report;
import org.usagestats.spi.Delivery;
import org.usagestats.spi.Delivery.Answer;
import org.usagestats.spi.TransportConfig;
import org.usagestats.spi.TransportConfig.Plaintext;
import org.usagestats.testkit.LoopbackCollector;

class CertificateAuthorityTest {

    private static final String PASSWORD = "throwaway";
    private static final String AUTHORITY = "authority";

    @TempDir
    private static Path folder;

    @BeforeAll
    static void makeCertificates() throws Exception {
        makeCertificate("here", "ip:127.0.0.1");
        makeCertificate("elsewhere", "dns:stats.example.org");
        makeAuthority();
        sign("signed", "ip:127.0.0.1", "-validity", "7");
        sign("expired", "ip:127.0.0.1", "-startdate", "-7d", "-validity", "6");
        sign("future", "ip:127.0.0.1", "-startdate", "+1d", "-validity", "6");
        sign("misnamed", "dns:localhost,ip:127.0.0.2");
    }

    @Test
    void trustsWhatItsAuthoritySignedForTheHost() throws Exception {
        assertThat(deliver("signed", Optional.of(pem(AUTHORITY))).answer()).isEqualTo(Answer.DELIVERED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"expired", "future", "misnamed"})
    void trustsNothingElseThatItsAuthoritySigned(String name) throws Exception {
        assertThat(deliver(name, Optional.of(pem(AUTHORITY))))
                .extracting(Delivery::answer, delivery -> delivery.detail().contains("SSLHandshakeException"))
                .containsExactly(Answer.UNANSWERED, true);
    }

    @Test
    void trustsNothingThatAnUnknownAuthoritySigned() throws Exception {
        assertThat(deliver("signed", Optional.of(pem("here"))).answer()).isEqualTo(Answer.UNANSWERED);
        assertThat(deliver("signed", Optional.empty()).answer()).isEqualTo(Answer.UNANSWERED);
    }

    @Test
    void trustsTheCertificateOfItsFile() throws Exception {
        assertThat(deliver("here", Optional.of(pem("here"))).answer()).isEqualTo(Answer.DELIVERED);
    }

    @Test
    void trustsEachOfSeveralCertificates() throws Exception {
        Path both = Files.writeString(
                folder.resolve("both.pem"), Files.readString(pem("elsewhere")) + "\n" + Files.readString(pem("here")));

        assertThat(deliver("here", Optional.of(both)).answer()).isEqualTo(Answer.DELIVERED);
    }

    @Test
    void trustsNoOtherCertificate() throws Exception {
        assertThat(deliver("here", Optional.of(pem("elsewhere"))))
                .extracting(Delivery::answer, delivery -> delivery.detail().contains("SSLHandshakeException"))
                .containsExactly(Answer.UNANSWERED, true);
    }

    @Test
    void trustsNoUnknownCertificateWithoutAFile() throws Exception {
        assertThat(deliver("here", Optional.empty()).answer()).isEqualTo(Answer.UNANSWERED);
    }

    @Test
    void trustsNoCertificateOfAnotherHost() throws Exception {
        assertThat(deliver("elsewhere", Optional.of(pem("elsewhere"))).answer()).isEqualTo(Answer.UNANSWERED);
    }

    @Test
    void saysWhatAFileWithoutCertificatesShouldHold() throws IOException {
        for (String content :
                List.of("", "hello\n", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")) {
            Path file = Files.writeString(folder.resolve("wrong.pem"), content);
            assertThatThrownBy(() -> CertificateAuthority.trustOnly(file))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a certificate authority is a PEM file with one or more certificates, which " + file
                            + " is not");
        }
    }

    @Test
    void leavesAMissingFileToALaterDrain() {
        assertThatThrownBy(() -> CertificateAuthority.trustOnly(folder.resolve("missing.pem")))
                .isInstanceOf(NoSuchFileException.class);
    }

    private static Delivery deliver(String identity, Optional<Path> trusted) throws Exception {
        try (LoopbackCollector collector = LoopbackCollector.open(identity(identity))) {
            URI dropPoint = collector.dropPoint();
            TransportConfig config = new TransportConfig(dropPoint, Plaintext.LOOPBACK, trusted);
            try (HttpTransport transport = HttpTransport.open(config, Map.of())) {
                return transport.deliver(Report.of(UUID.randomUUID(), new byte[] {'x'}), Duration.ofSeconds(20));
            }
        }
    }

    private static SSLContext identity(String name) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store(name))) {
            store.load(in, PASSWORD.toCharArray());
        }
        if (store.containsAlias(AUTHORITY) && !name.equals(AUTHORITY)) {
            store.deleteEntry(AUTHORITY);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static void makeCertificate(String name, String subject) throws Exception {
        keytool(name, "-genkeypair", "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "san=" + subject);
        keytool(name, "-exportcert", "-rfc", "-file", pem(name).toString());
    }

    /** Makes an authority, whose key lies beside each that it signs, until a collector uses that. */
    private static void makeAuthority() throws Exception {
        keytool(AUTHORITY, "-genkeypair", "-keyalg", "EC", "-dname", "CN=authority", "-ext", "bc:critical=ca:true");
        keytool(AUTHORITY, "-exportcert", "-rfc", "-file", pem(AUTHORITY).toString());
    }

    private static void sign(String name, String subject, String... validity) throws Exception {
        Files.copy(store(AUTHORITY), store(name));
        List<String> arguments = new ArrayList<>(List.of("-genkeypair", "-keyalg", "EC", "-signer", AUTHORITY));
        arguments.addAll(List.of("-dname", "CN=" + name, "-ext", "san=" + subject));
        arguments.addAll(List.of(validity));
        keytool(name, arguments.toArray(String[]::new));
    }

    private static void keytool(String name, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-alias", name, "-keystore", store(name).toString()));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor()).as(() -> String.join(" ", command)).isZero();
    }

    private static Path store(String name) {
        return folder.resolve(name + ".p12");
    }

    private static Path pem(String name) {
        return folder.resolve(name + ".pem");
    }
}
