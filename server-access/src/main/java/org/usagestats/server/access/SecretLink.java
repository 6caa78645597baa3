package org.usagestats.server.access;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import org.usagestats.server.http.Endpoint;
import org.usagestats.server.http.Refusal;

/**
 * A link that holds a token: {@code GET /view/TOKEN}. The token goes into a cookie that no script and no other site's page
 * can use, and leaves the address, so that it stands in no bookmark, title or picture of the screen.
 */
public final class SecretLink implements Endpoint {

    /** What the link's address begins with. */
    public static final String PREFIX = "/view/";

    static final String COOKIE = "usagestats-view";

    private static final int SECONDS_KEPT = 400 * 24 * 60 * 60;

    private static final String ATTRIBUTES = "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + SECONDS_KEPT;

    private final Access access;
    private final boolean secure;

    private SecretLink(Access access, boolean secure) {
        this.access = access;
        this.secure = secure;
    }

    /**
     * Makes links for the holders of tokens.
     *
     * @param access who may read
     * @return what answers them
     */
    public static SecretLink of(Access access) {
        return new SecretLink(access, access.isBehindProxy());
    }

    /**
     * Has browsers send the token by HTTPS only, as they do past a proxy.
     *
     * @return the same for a collector that speaks HTTPS
     */
    public SecretLink secure() {
        return new SecretLink(access, true);
    }

    @Override
    public void serve(HttpExchange exchange) throws Refusal, IOException {
        String token = exchange.getRequestURI().getRawPath().substring(PREFIX.length());
        if (!access.lets(token)) {
            throw Refusal.ofRequest(401, "this link is not valid any more", "ask whoever gave it to you for another");
        }
        Headers headers = exchange.getResponseHeaders();
        headers.set("Set-Cookie", COOKIE + "=" + token + ATTRIBUTES + (secure ? "; Secure" : ""));
        headers.set("Location", "/");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(303, -1);
        exchange.close();
    }
}
