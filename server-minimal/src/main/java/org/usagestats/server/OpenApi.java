package org.usagestats.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.usagestats.server.http.Answer;
import org.usagestats.server.http.Endpoint;

/** Hands out the description of all addresses (OpenAPI 3.1): {@code GET /v1/openapi.json}. */
final class OpenApi implements Endpoint {

    private static final String DOCUMENT = "openapi.json";

    private final String document = read();

    @Override
    public void serve(HttpExchange exchange) throws IOException {
        Answer.json(document).to(exchange);
    }

    private static String read() {
        try (InputStream in = Objects.requireNonNull(OpenApi.class.getResourceAsStream(DOCUMENT), DOCUMENT)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException damagedJar) {
            throw new UncheckedIOException(damagedJar);
        }
    }
}
