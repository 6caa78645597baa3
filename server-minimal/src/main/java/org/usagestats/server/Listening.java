package org.usagestats.server;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.usagestats.server.access.Access;
import org.usagestats.server.tls.Tls;

/** Has an HTTP server listen, and says in one line why it cannot. */
final class Listening {

    private Listening() {}

    /**
     * Refuses to listen where anybody could read reports, or everybody on the way.
     *
     * @throws IllegalArgumentException in one line that says what to do
     */
    static void requireSafe(InetSocketAddress listen, @Nullable Tls tls, Access access) {
        if (listen.getAddress().isLoopbackAddress()) {
            return;
        }
        if (tls == null && !access.isBehindProxy()) {
            throw new IllegalArgumentException("cannot listen on " + listen.getHostString()
                    + ", beyond this machine, without TLS: give --tls-cert and --tls-key, or say --behind-proxy if what"
                    + " comes there has passed a proxy that does TLS");
        }
        if (access.isForThisMachine()) {
            throw new IllegalArgumentException("cannot listen on " + listen.getHostString()
                    + ", beyond this machine, without a token for reading: give --token-file, or say --no-queries or"
                    + " --public-view");
        }
    }

    /** Makes a server on an address, which may have so many connections wait; without TLS if that is null. */
    static HttpServer bind(InetSocketAddress listen, @Nullable Tls tls, int backlog) throws IOException {
        try {
            if (tls == null) {
                return HttpServer.create(listen, backlog);
            }
            HttpsServer server = HttpsServer.create(listen, backlog);
            server.setHttpsConfigurator(configurator(tls));
            return server;
        } catch (IOException taken) {
            throw cannotListen(listen, taken);
        }
    }

    private static HttpsConfigurator configurator(Tls tls) {
        return new HttpsConfigurator(tls.context()) {
            @Override
            public void configure(HttpsParameters connection) {
                connection.setSSLParameters(tls.parameters());
            }
        };
    }

    /** Another server than the JDK's may find out only now that it cannot listen, and says so in its own way. */
    static void start(HttpServer server, InetSocketAddress listen) throws IOException {
        try {
            server.start();
        } catch (RuntimeException failed) {
            if (failed.getCause() instanceof IOException taken) {
                throw cannotListen(listen, taken);
            }
            throw failed;
        }
    }

    private static IOException cannotListen(InetSocketAddress listen, IOException taken) {
        return new IOException(
                "cannot listen on " + listen.getHostString() + ":" + listen.getPort() + ": " + taken.getMessage(),
                taken);
    }
}
