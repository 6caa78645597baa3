package org.usagestats.benchmarks.load.servers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The JDK's HTTP server as the collector sets it up, with a handler that reads the body and says that it is stored. */
public final class EmptyServer {

    private static final int VIRTUAL_FROM = 24;
    private static final byte[] STORED = "stored".getBytes(StandardCharsets.US_ASCII);

    private EmptyServer() {}

    /**
     * Runs it.
     *
     * @param args the port
     * @throws Exception if it cannot listen there
     */
    public static void main(String[] args) throws Exception {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
        HttpServer server = HttpServer.create(address, 512);
        server.createContext("/", EmptyServer::serve);
        server.setExecutor(threads());
        server.start();
    }

    private static void serve(HttpExchange exchange) throws IOException {
        int length = Integer.parseInt(exchange.getRequestHeaders().getFirst("Content-Length"));
        exchange.getRequestBody().readNBytes(length);
        exchange.sendResponseHeaders(200, STORED.length);
        exchange.getResponseBody().write(STORED);
        exchange.close();
    }

    private static ExecutorService threads() throws ReflectiveOperationException {
        return Runtime.version().feature() < VIRTUAL_FROM
                ? Executors.newCachedThreadPool()
                : (ExecutorService) Executors.class
                        .getMethod("newVirtualThreadPerTaskExecutor")
                        .invoke(null);
    }
}
