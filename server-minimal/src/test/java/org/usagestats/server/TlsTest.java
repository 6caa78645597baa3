package org.usagestats.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.Certificate;
import java.time.Duration;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a collector with a key of its own does on the wire, and when its files change. */
class TlsTest {

    /** The type of a record of TLS. */
    private static final byte HANDSHAKE = 22;

    @TempDir
    private static Path keys;

    @TempDir
    private Path directory;

    private static Certificates made;

    private final ListSink sink = new ListSink();

    @BeforeAll
    static void makeKeys() throws Exception {
        made = new Certificates(keys);
        made.make("rsa", "RSA");
        made.make("ec", "EC");
        made.make("other", "EC");
        made.make("ed25519", "Ed25519");
        made.make("expired", "EC", "-startdate", "-10d", "-validity", "5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ec", "ed25519"})
    void reports_come_over_https_with_each_kind_of_key(String name) throws Exception {
        try (Collector collector = start(Tls.pem(made.pem(name), made.key(name)))) {
            for (int i = 0; i < 3; i++) {
                assertThat(send(collector, name)).isEqualTo("stored");
            }
        }
        assertThat(sink.reports()).hasSize(3);
    }

    @Test
    void a_keystore_serves_too() throws Exception {
        try (Collector collector = start(Tls.keystore(made.p12("ec"), Certificates.PASSWORD))) {
            assertThat(certificate(collector, "TLSv1.3")).isEqualTo(made.certificate("ec"));
        }
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.3, ec", "TLSv1.2, ec", "TLSv1.2, rsa", "TLSv1.3, rsa", "TLSv1.2, ed25519"})
    void both_protocols_of_today_are_spoken(String protocol, String name) throws Exception {
        try (Collector collector = start(Tls.pem(made.pem(name), made.key(name)))) {
            assertThat(certificate(collector, protocol)).isEqualTo(made.certificate(name));
        }
    }

    @Test
    void an_old_protocol_and_plain_text_are_refused_and_others_served_on() throws Exception {
        try (Collector collector = start(Tls.pem(made.pem("ec"), made.key("ec")))) {
            assertThat(answerToHello(collector, (byte) 3)).isEqualTo(HANDSHAKE);
            assertThat(answerToHello(collector, (byte) 2)).isNotEqualTo(HANDSHAKE);
            assertThat(answerToHello(collector, (byte) 1)).isNotEqualTo(HANDSHAKE);
            try (Socket socket = Reply.connected(collector.address())) {
                socket.getOutputStream().write(Requests.pythonRequests("date:12.5\n"));
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .doesNotContain("HTTP", "stored");
            }
            assertThat(certificate(collector, "TLSv1.3")).isEqualTo(made.certificate("ec"));
        }
        assertThat(sink.reports()).isEmpty();
    }

    /** What the first record is that a client is sent who offers no more than TLS 1.0 (minor 1), 1.1 or 1.2; -1 if none. */
    private static int answerToHello(Collector collector, byte minor) throws IOException {
        byte[] hello = new byte[5 + 4 + 2 + 32 + 1 + 4 + 2 + 2];
        byte[] start = {HANDSHAKE, 3, 1, 0, (byte) (hello.length - 5), 1, 0, 0, (byte) (hello.length - 9), 3, minor};
        System.arraycopy(start, 0, hello, 0, start.length);
        // No session, ECDHE with ECDSA (AES-128 by GCM and, as of old, by CBC), no compression.
        byte[] end = {0, 0, 4, (byte) 0xc0, 0x2b, (byte) 0xc0, 0x09, 1, 0};
        System.arraycopy(end, 0, hello, hello.length - end.length, end.length);
        try (Socket socket = Reply.connected(collector.address())) {
            socket.getOutputStream().write(hello);
            return socket.getInputStream().read();
        }
    }

    @Test
    void a_renewed_certificate_serves_without_a_restart() throws Exception {
        made.make("served", "EC");
        made.make("renewed", "RSA");
        try (Collector collector = start(new Tls(new PemFiles(made.pem("served"), made.key("served")), Duration.ZERO));
                CapturedLog log = CapturedLog.of(RenewedKey.class)) {
            Certificate before = made.certificate("served");
            assertThat(certificate(collector, "TLSv1.3")).isEqualTo(before);

            Certificate after = made.certificate("renewed");
            made.replace("served", "renewed");

            assertThat(certificate(collector, "TLSv1.3")).isEqualTo(after);
            assertThat(certificate(collector, "TLSv1.2")).isEqualTo(after);
            assertThat(log.lines()).singleElement().asString().startsWith("INFO a new certificate serves, until ");
        }
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
        try (Collector collector = start(new Tls(new PemFiles(certificate, privateKey), Duration.ZERO));
                CapturedLog log = CapturedLog.of(RenewedKey.class)) {
            Files.write(certificate, Files.readAllBytes(keys.resolve(pem)));
            Files.write(privateKey, Files.readAllBytes(keys.resolve(key)));
            for (int i = 0; i < 3; i++) {
                assertThat(certificate(collector, "TLSv1.3")).isEqualTo(made.certificate("ec"));
            }
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARNING a new certificate cannot serve, that of before goes on: ")
                    .contains(reason);

            Files.delete(privateKey);
            assertThat(certificate(collector, "TLSv1.3")).isEqualTo(made.certificate("ec"));
            assertThat(log.lines()).last().asString().endsWith("there is no file " + privateKey);
        }
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

    @Test
    void a_client_that_does_not_know_the_certificate_sends_nothing() throws Exception {
        try (Collector collector = start(Tls.pem(made.pem("ec"), made.key("ec")))) {
            assertThatThrownBy(() -> send(collector, "rsa")).isInstanceOf(SSLHandshakeException.class);
        }
        assertThat(sink.reports()).isEmpty();
    }

    private Collector start(Tls tls) throws IOException {
        return Collector.builder().sink(sink).tls(tls).start();
    }

    private static String send(Collector collector, String trusted) throws Exception {
        URL url = URI.create("https://localhost:" + collector.address().getPort() + "/")
                .toURL();
        HttpsURLConnection connection = (HttpsURLConnection) url.openConnection();
        connection.setSSLSocketFactory(made.trust(trusted).getSocketFactory());
        connection.setReadTimeout(30_000);
        connection.setDoOutput(true);
        connection.getOutputStream().write("date:12.5\n".getBytes(StandardCharsets.UTF_8));
        return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** The certificate that a client is shown that speaks one protocol. */
    private static Certificate certificate(Collector collector, String protocol) throws Exception {
        try (Socket plain = Reply.connected(collector.address());
                SSLSocket socket = (SSLSocket) made.trustAll()
                        .getSocketFactory()
                        .createSocket(plain, "localhost", collector.address().getPort(), true)) {
            socket.setEnabledProtocols(new String[] {protocol});
            socket.startHandshake();
            assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
            return socket.getSession().getPeerCertificates()[0];
        }
    }
}
