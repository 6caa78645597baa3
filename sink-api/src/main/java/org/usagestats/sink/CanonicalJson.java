package org.usagestats.sink;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
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

    private static final Instant YEAR_1000 = Instant.parse("1000-01-01T00:00:00Z");
    private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");

    private CanonicalJson() {}

    /** The object's beginning: its brace and the collector's fields, with a comma if the report has fields of its own. */
    static byte[] head(ReceivedReport.Builder report) {
        StringBuilder text = new StringBuilder(256).append('{');
        if (report.id != null) {
            appendMember(text, ServerField.REPORT_ID, report.id.toString()).append(',');
        }
        appendTime(appendString(text, ServerField.SERVER_TIME).append(":\""), report.received)
                .append('"');
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
        int from = 0; // what stands from here on is copied at once
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                appendEscape(text.append(value, from, i), c);
                from = i + 1;
            }
        }
        return (from == 0 ? text.append(value) : text.append(value, from, value.length())).append('"');
    }

    private static void appendEscape(StringBuilder text, char c) {
        switch (c) {
            case '"', '\\' -> text.append('\\').append(c);
            case '\b' -> text.append("\\b");
            case '\f' -> text.append("\\f");
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            default ->
                text.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
        }
    }

    /** Appends a time as RFC 3339 writes it; in years of four digits by hand, since it is done for every report. */
    static StringBuilder appendTime(StringBuilder text, Instant time) {
        if (time.isBefore(YEAR_1000) || !time.isBefore(YEAR_10000)) {
            RFC_3339.formatTo(time, text);
            return text;
        }
        OffsetDateTime utc = time.atOffset(ZoneOffset.UTC);
        appendTwo(text.append(utc.getYear()).append('-'), utc.getMonthValue()).append('-');
        appendTwo(text, utc.getDayOfMonth()).append('T');
        appendTwo(text, utc.getHour()).append(':');
        appendTwo(text, utc.getMinute()).append(':');
        appendTwo(text, utc.getSecond()).append('.');
        int millis = utc.getNano() / 1_000_000;
        return appendTwo(text.append((char) ('0' + millis / 100)), millis % 100).append('Z');
    }

    private static StringBuilder appendTwo(StringBuilder text, int number) {
        return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
