package org.usagestats.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import org.usagestats.server.http.Answer;

/** What browsers want to be told before they let a web page from elsewhere talk to the collector (the Fetch standard, 3.2). */
final class CrossOrigin {

    private static final String CACHED_SECONDS = "600";

    private CrossOrigin() {}

    /** Tells the browser that pages of this origin may, without a user's credentials. */
    static void allow(Headers answer, String origin) {
        answer.set("Access-Control-Allow-Origin", origin);
        answer.set("Access-Control-Expose-Headers", "Usagestats-Ack, Usagestats-Reject, Retry-After");
        answer.set("Vary", "Origin");
    }

    /** Answers the question whether a page may send a request that needs to be asked for. */
    static void answerPreflight(HttpExchange exchange) throws IOException {
        Answer.text(200, "allowed\n")
                .with("Access-Control-Allow-Methods", "GET, HEAD, POST")
                .with(
                        "Access-Control-Allow-Headers",
                        "Authorization, Content-Type, Content-Encoding, Usagestats-Report-Id, Usagestats-Erase")
                .with("Access-Control-Max-Age", CACHED_SECONDS)
                .to(exchange);
    }
}
