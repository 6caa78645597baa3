package org.usagestats.server;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.usagestats.server.tls.Tls;

/** Has an HTTP server listen, and says in one line why it cannot. */
final class Listening {

    private Listening() {}

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
