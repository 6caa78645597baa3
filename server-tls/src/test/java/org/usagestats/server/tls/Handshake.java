package org.usagestats.server.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.security.cert.Certificate;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** One connection over the loopback interface, from its beginning until both sides know each other. */
final class Handshake {

    private Handshake() {}

    /** The certificate that a client is shown. */
    static Certificate certificate(Tls tls, SSLContext client) throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        try (SSLServerSocket listening =
                        (SSLServerSocket) tls.context().getServerSocketFactory().createServerSocket(0, 1, here);
                SSLSocket asking = (SSLSocket) client.getSocketFactory().createSocket(here, listening.getLocalPort())) {
            listening.setSSLParameters(tls.parameters());
            SSLSocket answering = (SSLSocket) listening.accept();
            CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> complete(answering));
            asking.startHandshake();
            Certificate shown = asking.getSession().getPeerCertificates()[0];
            answered.join();
            answering.close();
            return shown;
        }
    }

    private static void complete(SSLSocket answering) {
        try {
            answering.startHandshake();
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
