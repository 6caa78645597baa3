package org.usagestats.it;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON as maps, lists, strings, numbers, booleans and null. */
final class Json {

    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    static Object read(String json) {
        try (JsonParser in = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            in.nextToken();
            return value(in);
        }
    }

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        JsonStringEncoder.getInstance().quoteAsString(text, quoted);
        return quoted.append('"').toString();
    }

    private static Object value(JsonParser in) {
        return switch (in.currentToken()) {
            case START_OBJECT -> members(in);
            case START_ARRAY -> elements(in);
            case VALUE_NUMBER_INT -> in.getLongValue();
            case VALUE_NUMBER_FLOAT -> in.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> in.getString();
        };
    }

    private static Map<String, Object> members(JsonParser in) {
        Map<String, Object> members = new LinkedHashMap<>();
        while (in.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = in.currentName();
            in.nextToken();
            members.put(name, value(in));
        }
        return members;
    }

    private static List<Object> elements(JsonParser in) {
        List<Object> elements = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(in));
        }
        return elements;
    }
}
