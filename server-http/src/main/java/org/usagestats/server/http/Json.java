package org.usagestats.server.http;

import java.io.StringWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/** Writes the JSON of answers: objects out of maps, strings, whole numbers, lists of strings and null. */
public final class Json {

    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /**
     * Writes an object on one line.
     *
     * @param object its members by name
     * @return the line, without an end
     */
    public static String line(Map<String, ?> object) {
        return write(object, ObjectWriteContext.empty());
    }

    /**
     * Writes an object indented by two spaces a level.
     *
     * @param object its members by name
     * @return lines, of which the last has no end
     */
    public static String pretty(Map<String, ?> object) {
        return write(object, new Indented());
    }

    private static String write(Map<String, ?> object, ObjectWriteContext context) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(context, text)) {
            write(object, out);
        }
        return text.toString();
    }

    private static void write(@Nullable Object value, JsonGenerator out) {
        if (value instanceof Map<?, ?> members) {
            out.writeStartObject();
            members.forEach((name, member) -> {
                out.writeName((String) name);
                write(member, out);
            });
            out.writeEndObject();
        } else if (value instanceof Iterable<?> elements) {
            out.writeStartArray();
            elements.forEach(element -> write(element, out));
            out.writeEndArray();
        } else if (value instanceof Long number) {
            out.writeNumber(number);
        } else {
            out.writeString((String) value);
        }
    }

    /** The layout of Python's {@code json.dumps(…, indent=2)}, on every system. */
    private static final class Indented extends ObjectWriteContext.Base {

        private static final DefaultIndenter TWO_SPACES = new DefaultIndenter("  ", "\n");

        @Override
        public PrettyPrinter getPrettyPrinter() {
            Separators separators = Separators.createDefaultInstance()
                    .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                    .withObjectEmptySeparator("")
                    .withArrayEmptySeparator("");
            return new DefaultPrettyPrinter(separators)
                    .withObjectIndenter(TWO_SPACES)
                    .withArrayIndenter(TWO_SPACES);
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    }
}
