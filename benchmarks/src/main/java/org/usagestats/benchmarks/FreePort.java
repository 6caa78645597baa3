package org.usagestats.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Finds ports of the loopback address where nobody listens. */
public final class FreePort {

    private FreePort() {}

    /**
     * Finds one.
     *
     * @return its number
     * @throws IOException if there is none
     */
    public static int find() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
