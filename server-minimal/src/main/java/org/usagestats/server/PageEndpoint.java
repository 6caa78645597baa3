package org.usagestats.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.usagestats.dashboard.Page;
import org.usagestats.dashboard.PageFile;
import org.usagestats.server.http.Endpoint;
import org.usagestats.server.http.EntityTag;

/** Hands out a file of the dashboard's page. There is nothing of any report in it: the page asks for that, as its reader may. */
final class PageEndpoint implements Endpoint {

    private final PageFile file;

    private PageEndpoint(PageFile file) {
        this.file = file;
    }

    /** The page's addresses and what is there. */
    static Map<String, Endpoint> all() {
        Page page = Page.load();
        Map<String, Endpoint> endpoints = new LinkedHashMap<>();
        for (String name : page.names()) {
            PageEndpoint endpoint = new PageEndpoint(page.file(name).orElseThrow());
            endpoints.put(name.equals(Page.INDEX) ? "/" : "/ui/" + name, endpoint);
        }
        return endpoints;
    }

    @Override
    public void serve(HttpExchange exchange) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Security-Policy", Page.POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cache-Control", "no-cache");
        headers.set("Vary", "Accept-Encoding");
        headers.set("ETag", file.tag());
        if (EntityTag.isKnown(exchange, file.tag())) {
            exchange.sendResponseHeaders(304, -1);
        } else {
            send(exchange, headers);
        }
        exchange.close();
    }

    private void send(HttpExchange exchange, Headers headers) throws IOException {
        boolean compressed = exchange.getRequestHeaders().getOrDefault("Accept-Encoding", List.of()).stream()
                .anyMatch(codings -> codings.contains("gzip") && !codings.contains("gzip;q=0"));
        if (compressed) {
            headers.set("Content-Encoding", "gzip");
        }
        headers.set("Content-Type", file.mediaType());
        byte[] bytes = compressed ? file.compressed() : file.content();
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(200, -1);
        } else {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
