package org.usagestats.server;

import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.usagestats.server.http.Refusal;
import org.usagestats.server.records.Escapes;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.ServerField;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a JSON report: one object (RFC 8259) in UTF-8, without duplicate names, within limits of depth and length.
 *
 * <p>Its canonical form has the members in their order, numbers as they were written, strings in UTF-8, no white space.
 */
final class JsonReport {

    static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(32)
            .maxStringLength(64 * 1024)
            .maxNameLength(256)
            .maxNumberLength(100)
            .maxTokenCount(10_000)
            .build();

    private static final String ALLOWED =
            "at most 32 levels, 65536 characters in a string, 256 in a name, 100 in a number,"
                    + " 10000 names and values";

    /** Duplicates are looked for in what is written, since renaming can make one. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(LIMITS)
            .enable(StreamWriteFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonReport() {}

    static ReceivedReport.Builder read(byte[] body, Instant received) throws Refusal {
        StringWriter object = new StringWriter(body.length);
        try {
            copy(decoded(ByteBuffer.wrap(body)), object);
        } catch (JacksonException unreadable) {
            throw refusal(unreadable);
        }
        String members = object.toString().substring(1, object.getBuffer().length() - 1);
        return ReceivedReport.json(body, Escapes.utf8(members), received);
    }

    static Refusal refusal(JacksonException unreadable) {
        return unreadable instanceof StreamConstraintsException
                ? Refusal.ofReport(400, "json beyond a limit", ALLOWED)
                : Refusal.ofReport(400, "invalid json", unreadable.getOriginalMessage());
    }

    static String decoded(ByteBuffer utf8) throws Refusal {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
        } catch (CharacterCodingException malformed) {
            throw Refusal.ofReport(400, "invalid json", "it is not in UTF-8");
        }
    }

    private static void copy(String text, StringWriter object) throws Refusal {
        try (JsonParser in = FACTORY.createParser(ObjectReadContext.empty(), text);
                JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), object)) {
            requireObject(in.nextToken());
            copyObject(in, out);
            if (in.nextToken() != null) {
                throw Refusal.ofReport(400, "invalid json", "nothing follows the object");
            }
        }
    }

    private static void requireObject(@Nullable JsonToken first) throws Refusal {
        if (first == null) {
            throw Refusal.ofReport(400, "expected json body", "");
        }
        if (first != JsonToken.START_OBJECT) {
            throw Refusal.ofReport(400, "expected a json object", "a report is one object, {\"name\": value}");
        }
    }

    /** Copies from the start of an object, where the parser stands, to its end. */
    private static void copyObject(JsonParser in, JsonGenerator out) {
        int depth = 0;
        do {
            switch (in.currentToken()) {
                case PROPERTY_NAME -> out.writeName(name(in, depth));
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.writeNumber(in.getString());
                default -> out.copyCurrentEvent(in);
            }
            if (in.currentToken().isStructStart()) {
                depth++;
            } else if (in.currentToken().isStructEnd()) {
                depth--;
            }
        } while (depth > 0 && in.nextToken() != null);
    }

    private static String name(JsonParser in, int depth) {
        return depth == 1 ? ServerField.clientName(in.currentName()) : in.currentName();
    }
}
