package org.usagestats.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.Certificate;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.server.tls.Tls;
import org.usagestats.testkit.Certificates;

/** What a collector with a key of its own does on the wire. */
class TlsTest {

    /** The type of a record of TLS. */
    private static final byte HANDSHAKE = 22;

    @TempDir
    private static Path keys;

    private static Certificates made;

    private final ListSink sink = new ListSink();

    @BeforeAll
    static void makeKeys() throws Exception {
        made = new Certificates(keys);
        made.make("rsa", "RSA");
        made.make("ec", "EC");
        made.make("ed25519", "Ed25519");
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
