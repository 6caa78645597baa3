package org.usagestats.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.usagestats.testkit.Certificates;

/** Which files hold a key that can serve, and what happens when they change. */
class TlsTest {

    @TempDir
    private static Path keys;

    @TempDir
    private Path directory;

    private static Certificates made;

    private final HeardLog log = new HeardLog();

    @BeforeAll
    static void makeKeys() throws Exception {
        made = new Certificates(keys);
        made.make("rsa", "RSA");
        made.make("ec", "EC");
        made.make("other", "EC");
        made.make("expired", "EC", "-startdate", "-10d", "-validity", "5");
    }

    @Test
    void a_key_serves_from_either_kind_of_file() throws Exception {
        for (Tls tls :
                new Tls[] {Tls.pem(made.pem("ec"), made.key("ec")), Tls.keystore(made.p12("ec"), Certificates.PASSWORD)
                }) {
            assertThat(Handshake.certificate(tls, made.trustAll())).isEqualTo(made.certificate("ec"));
            assertThat(tls.expires())
                    .isEqualTo(((X509Certificate) made.certificate("ec"))
                            .getNotAfter()
                            .toInstant());
            assertThat(tls.parameters().getProtocols()).containsExactly("TLSv1.3", "TLSv1.2");
        }
    }

    @Test
    void a_renewed_certificate_serves_without_a_restart() throws Exception {
        made.make("served", "EC");
        made.make("renewed", "RSA");
        Tls tls = lookingAlways(made.pem("served"), made.key("served"));
        Certificate before = made.certificate("served");
        assertThat(Handshake.certificate(tls, made.trustAll())).isEqualTo(before);

        Certificate after = made.certificate("renewed");
        made.replace("served", "renewed");

        assertThat(Handshake.certificate(tls, made.trustAll())).isEqualTo(after);
        assertThat(Handshake.certificate(tls, made.trustAll())).isEqualTo(after);
        assertThat(log.lines()).singleElement().asString().startsWith("INFO a new certificate serves, until ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "expired.pem  | expired.key | NotAfter",
                "ec.pem       | rsa.key     | the key is not that of the certificate",
                "ec.pem       | other.key   | the key is not that of the certificate",
                "empty.pem    | ec.key      | served.pem holds no certificate",
                "ec.pem       | empty.pem   | holds no private key",
            })
    void what_cannot_serve_is_said_once_and_the_old_certificate_goes_on(String pem, String key, String reason)
            throws Exception {
        Files.writeString(keys.resolve("empty.pem"), "\n");
        Path certificate = Files.copy(made.pem("ec"), directory.resolve("served.pem"));
        Path privateKey = Files.copy(made.key("ec"), directory.resolve("served.key"));
        Tls tls = lookingAlways(certificate, privateKey);
        Files.write(certificate, Files.readAllBytes(keys.resolve(pem)));
        Files.write(privateKey, Files.readAllBytes(keys.resolve(key)));
        for (int i = 0; i < 3; i++) {
            assertThat(Handshake.certificate(tls, made.trustAll())).isEqualTo(made.certificate("ec"));
        }
        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("WARNING a new certificate cannot serve, that of before goes on: ")
                .contains(reason);

        Files.delete(privateKey);
        assertThat(Handshake.certificate(tls, made.trustAll())).isEqualTo(made.certificate("ec"));
        assertThat(log.lines()).last().asString().endsWith("there is no file " + privateKey);
    }

    @Test
    void what_cannot_serve_is_refused_at_the_start_in_one_line() throws Exception {
        assertThatThrownBy(() -> Tls.pem(made.pem("expired"), made.key("expired")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("no key to serve with in " + made.pem("expired"));
        assertThatThrownBy(() -> Tls.pem(made.pem("ec"), made.key("none")))
                .isInstanceOf(IOException.class)
                .hasMessage("there is no file " + made.key("none"));
        assertThatThrownBy(() -> Tls.keystore(made.p12("ec"), "wrong-password"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("password");
        Path old = Files.writeString(
                directory.resolve("old.key"), "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
        Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> Tls.pem(made.pem("rsa"), old))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("RSA PRIVATE KEY", "openssl pkcs8 -topk8 -nodes -in " + old);
        Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> Tls.pem(made.pem("rsa"), old))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(old + " is open to everybody: chmod o= " + old);
    }

    private Tls lookingAlways(Path certificates, Path key) throws IOException {
        return new Tls(new RenewedKey(new PemFiles(certificates, key), Duration.ZERO, log));
    }
}
