package org.usagestats.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.usagestats.server.http.Answer;
import org.usagestats.server.http.Endpoint;
import org.usagestats.server.http.EntityTag;
import org.usagestats.server.http.Json;
import org.usagestats.server.http.Refusal;
import org.usagestats.sink.SeenField;
import org.usagestats.sink.Value;

/** Lists the fields that reports have: {@code GET /v1/fields}. */
final class Fields implements Endpoint {

    private final Asking asking;

    Fields(Asking asking) {
        this.asking = asking;
    }

    @Override
    public void serve(HttpExchange exchange) throws Refusal, IOException {
        String parameters =
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        if (!parameters.isEmpty()) {
            throw Refusal.ofRequest(400, "unknown parameter", "this address takes none");
        }
        Optional<String> tag = asking.tag("fields");
        if (!EntityTag.suffices(exchange, tag)) {
            List<Map<String, @Nullable Object>> fields =
                    asking.fields().stream().map(Fields::members).toList();
            EntityTag.on(Answer.json(Json.pretty(Map.of("fields", fields)) + "\n"), tag)
                    .to(exchange);
        }
    }

    private static Map<String, @Nullable Object> members(SeenField field) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("name", field.name());
        members.put("types", field.kinds().stream().sorted().map(Fields::type).toList());
        members.put("records", field.reports());
        members.put("values", field.values());
        members.put("first_seen", field.firstSeen().map(Instant::toString).orElse(null));
        members.put("last_seen", field.lastSeen().map(Instant::toString).orElse(null));
        return members;
    }

    private static String type(Value.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
