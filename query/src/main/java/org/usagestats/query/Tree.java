package org.usagestats.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** A JSON value (RFC 8259). */
sealed interface Tree {

    /** A string. */
    record Text(String value) implements Tree {}

    /** A number, {@code true}, {@code false} or {@code null}, as it was written. */
    record Literal(String written) implements Tree {}

    /** An array. */
    record Items(List<Tree> items) implements Tree {}

    /** An object. */
    record Members(Map<String, Tree> members) implements Tree {}

    /** The longest text that is read, in characters. */
    int LONGEST = 256 * 1024;

    /** Enough for any filter that is understood. */
    StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(64)
            .maxStringLength(LONGEST)
            .maxNameLength(LONGEST)
            .maxNumberLength(100)
            .build();

    /** Refuses an object that names a member twice. */
    JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(LIMITS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Reads the one value that a text consists of. */
    static Tree read(String text) throws Mistake {
        if (text.length() > LONGEST) {
            throw new Mistake("a question has at most " + LONGEST + " characters");
        }
        try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), text)) {
            if (in.nextToken() == null) {
                throw new Mistake("there is no JSON");
            }
            Tree value = value(in);
            if (in.nextToken() != null) {
                throw new Mistake("there is more than one JSON value");
            }
            return value;
        } catch (JacksonException notJson) {
            throw new Mistake("it is no JSON that can be read: "
                    + String.valueOf(notJson.getOriginalMessage())
                            .lines()
                            .findFirst()
                            .orElse("")
                    + place(notJson.getLocation()));
        }
    }

    /** Where it is wrong; what is beyond a limit is nowhere. */
    private static String place(@Nullable TokenStreamLocation at) {
        return at == null ? "" : ", at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    private static Tree value(JsonParser in) {
        return switch (in.currentToken()) {
            case START_OBJECT -> members(in);
            case START_ARRAY -> items(in);
            case VALUE_STRING -> new Text(in.getString());
            default -> new Literal(in.getString());
        };
    }

    private static Tree members(JsonParser in) {
        Map<String, Tree> members = new LinkedHashMap<>();
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            in.nextToken();
            members.put(name, value(in));
        }
        return new Members(members);
    }

    private static Tree items(JsonParser in) {
        List<Tree> items = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(in));
        }
        return new Items(items);
    }
}
