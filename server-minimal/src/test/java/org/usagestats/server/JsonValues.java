package org.usagestats.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** JSON as maps, lists and strings. */
final class JsonValues {

    private JsonValues() {}

    static Map<String, Object> object(String json) {
        try (JsonParser in = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
            in.nextToken();
            return members(in);
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }

    private static Object value(JsonParser in) {
        return switch (in.currentToken()) {
            case START_OBJECT -> members(in);
            case START_ARRAY -> {
                List<Object> items = new ArrayList<>();
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(in));
                }
                yield items;
            }
            default -> in.getString();
        };
    }

    private static Map<String, Object> members(JsonParser in) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            in.nextToken();
            members.put(name, value(in));
        }
        return members;
    }
}
