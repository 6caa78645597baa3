package org.usagestats.sink.kit;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.usagestats.sink.Value;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Reads and writes JSON values (RFC 8259). Immutable. */
final class JsonTrees {

    /**
     * The one limit is on depth, since reading and writing recurse; sizes were limited when the reports were received.
     */
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(500)
            .maxNameLength(Integer.MAX_VALUE)
            .maxNumberLength(Integer.MAX_VALUE)
            .maxStringLength(Integer.MAX_VALUE)
            .build();

    private final JsonFactory json =
            JsonFactory.builder().streamReadConstraints(LIMITS).build();

    /** Reads an object that is all there is in a range of bytes; empty if anything else is there. */
    Optional<JsonTree.Members> readObject(byte[] bytes, int offset, int length) {
        try (JsonParser parser = json.createParser(ObjectReadContext.empty(), bytes, offset, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            JsonTree.Members object = readMembers(parser);
            return parser.nextToken() == null ? Optional.of(object) : Optional.empty();
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    /** Reads a value that is all there is in a text; empty if anything else is there. */
    Optional<JsonTree> read(String text) {
        try (JsonParser parser = json.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == null) {
                return Optional.empty();
            }
            JsonTree value = readValue(parser);
            return parser.nextToken() == null ? Optional.of(value) : Optional.empty();
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    private static JsonTree readValue(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> readMembers(parser);
            case START_ARRAY -> readItems(parser);
            case VALUE_STRING -> new JsonTree.Text(parser.getString());
            default -> new JsonTree.Literal(parser.getString());
        };
    }

    private static JsonTree.Members readMembers(JsonParser parser) {
        Map<String, JsonTree> members = new LinkedHashMap<>();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            members.put(name, readValue(parser));
        }
        return new JsonTree.Members(members);
    }

    private static JsonTree.Items readItems(JsonParser parser) {
        List<JsonTree> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(readValue(parser));
        }
        return new JsonTree.Items(items);
    }

    /** A value as a question sees it. */
    Value valueOf(JsonTree value) {
        if (value instanceof JsonTree.Text text) {
            return Value.string(text.value());
        }
        if (value instanceof JsonTree.Literal literal) {
            return new Value(kindOf(literal.written()), literal.written());
        }
        return new Value(Value.Kind.JSON, textOf(value));
    }

    private static Value.Kind kindOf(String literal) {
        return switch (literal) {
            case "null" -> Value.Kind.NULL;
            case "true", "false" -> Value.Kind.BOOLEAN;
            default -> Value.Kind.NUMBER;
        };
    }

    /** A value as text: a string itself, a literal as it was written, an array or object as JSON without white space. */
    String textOf(JsonTree value) {
        if (value instanceof JsonTree.Text text) {
            return text.value();
        }
        if (value instanceof JsonTree.Literal literal) {
            return literal.written();
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = json.createGenerator(ObjectWriteContext.empty(), text)) {
            write(value, generator);
        }
        return text.toString();
    }

    private static void write(JsonTree value, JsonGenerator generator) {
        if (value instanceof JsonTree.Text text) {
            generator.writeString(text.value());
        } else if (value instanceof JsonTree.Literal literal) {
            generator.writeRawValue(literal.written());
        } else if (value instanceof JsonTree.Items array) {
            generator.writeStartArray();
            array.items().forEach(item -> write(item, generator));
            generator.writeEndArray();
        } else if (value instanceof JsonTree.Members object) {
            generator.writeStartObject();
            object.members().forEach((name, member) -> write(member, generator.writeName(name)));
            generator.writeEndObject();
        }
    }
}
