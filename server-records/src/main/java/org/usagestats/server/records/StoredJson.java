package org.usagestats.server.records;

import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.usagestats.sink.ServerField;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON objects that were received once: within wider limits than those for what is received. */
final class StoredJson {

    /** The longest object that is read, in bytes; with what is added to it, it is no more than any sink can keep. */
    static final int MAX_BYTES = (8 << 20) - (1 << 16);

    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(500)
            .maxStringLength(MAX_BYTES)
            .maxNameLength(MAX_BYTES)
            .maxNumberLength(1000)
            .build();

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(LIMITS)
            .enable(StreamWriteFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** The last time whose year has four digits. */
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private StoredJson() {}

    /** Takes the members of an object one after the other. */
    interface Members {

        /**
         * Takes one.
         *
         * @param value stands at the value's first token, and is to be left at its last
         * @return false if no more are wanted
         */
        boolean take(String name, JsonParser value);
    }

    /**
     * Reads an object.
     *
     * @return false if it is none, in UTF-8 and nothing behind it
     */
    static boolean read(byte[] json, Members members) {
        try (JsonParser in = FACTORY.createParser(ObjectReadContext.empty(), text(json))) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (in.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = in.currentName();
                in.nextToken();
                if (!members.take(name, in)) {
                    return true;
                }
            }
            return in.nextToken() == null;
        } catch (JacksonException | CharacterCodingException notJson) {
            return false;
        }
    }

    private static String text(byte[] json) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
    }

    static boolean isObject(byte[] json) {
        return read(json, (name, value) -> {
            value.skipChildren();
            return true;
        });
    }

    /** A generator that refuses a name which repeats. */
    static JsonGenerator writer(StringWriter to) {
        return FACTORY.createGenerator(ObjectWriteContext.empty(), to);
    }

    /** Copies a value with all that is in it, numbers as they were written. */
    static void copy(JsonParser in, JsonGenerator out) {
        int depth = 0;
        do {
            switch (in.currentToken()) {
                case PROPERTY_NAME -> out.writeName(in.currentName());
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

    /** When a report was received; empty if it does not say so. */
    static Optional<Instant> received(byte[] json) {
        Instant[] time = new Instant[1];
        read(json, (name, value) -> {
            if (!name.equals(ServerField.SERVER_TIME)) {
                value.skipChildren();
                return true;
            }
            time(value.getValueAsString("")).ifPresent(found -> time[0] = found);
            return false;
        });
        return Optional.ofNullable(time[0]);
    }

    /** Reads a time as this collector writes it, RFC 3339, or as Python Analytics does; from 1970 to the year 9999. */
    static Optional<Instant> time(String text) {
        try {
            Instant time = text.indexOf(' ') > 0
                    ? LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC)
                    : Instant.parse(text);
            return time.isBefore(Instant.EPOCH) || time.isAfter(LATEST) ? Optional.empty() : Optional.of(time);
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }
}
