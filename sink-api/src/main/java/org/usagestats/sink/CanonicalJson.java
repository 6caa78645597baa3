package org.usagestats.sink;

import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.usagestats.api.Note;

/** Writes the canonical JSON object of a report, on one line. */
final class CanonicalJson {

    private static final DateTimeFormatter RFC_3339 =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private CanonicalJson() {}

    /** The object's beginning: its brace and the collector's fields, with a comma if the report has fields of its own. */
    static byte[] head(ReceivedReport.Builder report) {
        StringBuilder text = new StringBuilder(256).append('{');
        if (report.id != null) {
            appendMember(text, ServerField.REPORT_ID, report.id.toString()).append(',');
        }
        appendMember(text, ServerField.SERVER_TIME, RFC_3339.format(report.received));
        if (report.address != null) {
            appendMember(text.append(','), ServerField.SUBMITTED_FROM, report.address);
        }
        if (!report.path.equals("/")) {
            appendMember(text.append(','), ServerField.SUBMITTED_PATH, report.path);
        }
        if (report.eraseHash != null) {
            appendMember(text.append(','), ServerField.SUBMITTED_ERASE, report.eraseHash);
        }
        if (report.fields.length > 0) {
            text.append(',');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The whole object. */
    static byte[] object(byte[] head, byte[] fields) {
        byte[] object = Arrays.copyOf(head, head.length + fields.length + 1);
        System.arraycopy(fields, 0, object, head.length, fields.length);
        object[object.length - 1] = '}';
        return object;
    }

    /** The members of a text report, without braces: a key that repeats is an array at its first place. */
    static byte[] fields(List<Note> notes) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (Note note : notes) {
            values.computeIfAbsent(ServerField.clientName(note.key()), key -> new ArrayList<>(1))
                    .add(note.value());
        }
        StringBuilder text = new StringBuilder(32 * notes.size());
        for (Map.Entry<String, List<String>> member : values.entrySet()) {
            if (text.length() > 0) {
                text.append(',');
            }
            appendMember(text, member.getKey(), member.getValue());
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static StringBuilder appendMember(StringBuilder text, String name, String value) {
        appendString(text, name).append(':');
        return appendString(text, value);
    }

    private static void appendMember(StringBuilder text, String name, List<String> values) {
        if (values.size() == 1) {
            appendMember(text, name, values.get(0));
            return;
        }
        appendString(text, name).append(":[");
        for (int i = 0; i < values.size(); i++) {
            appendString(i == 0 ? text : text.append(','), values.get(i));
        }
        text.append(']');
    }

    /** Appends a string of RFC 8259, section 7, with the two-character escapes where there are any. */
    private static StringBuilder appendString(StringBuilder text, String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> text.append('\\').append(c);
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < ' ') {
                        text.append("\\u00")
                                .append(Character.forDigit(c >> 4, 16))
                                .append(Character.forDigit(c & 15, 16));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        return text.append('"');
    }
}
