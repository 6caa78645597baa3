package org.usagestats.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import org.usagestats.server.http.Endpoint;
import org.usagestats.server.http.Refusal;

/**
 * A link that holds a token: {@code GET /view/TOKEN}. The token goes into a cookie that no script and no other site's page
 * can use, and leaves the address, so that it stands in no bookmark, title or picture of the screen.
 */
final class SecretLink implements Endpoint {

    /** What the link's address begins with. */
    static final String PREFIX = "/view/";

    static final String COOKIE = "usagestats-view";

    private static final int SECONDS_KEPT = 400 * 24 * 60 * 60;

    private final Access access;
    private final String attributes;

    /**
     * Guards the dashboard.
     *
     * @param encrypted whether browsers reach the collector by HTTPS only
     */
    SecretLink(Access access, boolean encrypted) {
        this.access = access;
        this.attributes =
                "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + SECONDS_KEPT + (encrypted ? "; Secure" : "");
    }

    @Override
    public void serve(HttpExchange exchange) throws Refusal, IOException {
        String token = exchange.getRequestURI().getRawPath().substring(PREFIX.length());
        if (!access.lets(token)) {
            throw Refusal.ofRequest(401, "this link is not valid any more", "ask whoever gave it to you for another");
        }
        Headers headers = exchange.getResponseHeaders();
        headers.set("Set-Cookie", COOKIE + "=" + token + attributes);
        headers.set("Location", "/");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(303, -1);
        exchange.close();
    }
}
