package org.usagestats.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** These tests run on the HTTP server that they say they run on. */
class FrontTest {

    @Test
    void the_http_server_is_the_one_that_is_tested() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        server.stop(0);

        assertThat(server.getClass().getName())
                .startsWith(System.getProperty("usagestats.front", "sun.net.httpserver."));
    }
}
