package org.usagestats.server.records;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.ReportTaker;
import org.usagestats.sink.ServerField;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Makes reports of JSON objects that a collector has written, this one or that of Python Analytics.
 *
 * <p>A report without an id gets one that is made from its place and all that it says, so that it counts once if it is brought in
 * again, also from a source that has grown since.
 */
final class StoredLines implements ReportTaker {

    private static final Pattern ERASE_HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final ReportSource.Target target;
    private final Function<Place, String> mark;

    /**
     * Hands reports on.
     *
     * @param mark what tells a place from all others of the same source
     */
    StoredLines(ReportSource.Target target, Function<Place, String> mark) {
        this.target = target;
        this.mark = mark;
    }

    @Override
    public void report(Place place, byte[] json) throws IOException {
        Members members = new Members();
        StringWriter text = new StringWriter(json.length);
        if (!isCopied(json, members, text)) {
            target.damage(place, "not a JSON object");
        } else if (members.received == null) {
            target.damage(place, "it has no server_time");
        } else {
            String object = text.toString();
            byte[] fields = Escapes.utf8(object.substring(1, object.length() - 1));
            target.add(members.report(json, fields, mark.apply(place)));
        }
    }

    private static boolean isCopied(byte[] json, Members members, StringWriter text) {
        try (JsonGenerator out = StoredJson.writer(text)) {
            out.writeStartObject();
            boolean whole = StoredJson.read(json, (name, value) -> {
                if (!members.isTaken(name, value)) {
                    out.writeName(ServerField.clientName(name));
                    StoredJson.copy(value, out);
                }
                return true;
            });
            if (whole) {
                out.writeEndObject();
            }
            return whole;
        } catch (JacksonException notAnObject) {
            return false;
        }
    }

    @Override
    public void damage(Place place, String reason) throws IOException {
        target.damage(place, reason);
    }

    /** The collector's fields. */
    private static final class Members {

        private @Nullable Instant received;
        private @Nullable UUID id;
        private @Nullable String address;
        private @Nullable String path;
        private @Nullable String eraseHash;

        /** Takes a field of the collector; false if it is none, or not of the form that a collector gives it. */
        boolean isTaken(String name, JsonParser value) {
            if (value.currentToken() != JsonToken.VALUE_STRING) {
                return false;
            }
            String text = value.getString();
            switch (name) {
                case ServerField.SERVER_TIME -> received = StoredJson.time(text).orElse(null);
                case ServerField.REPORT_ID -> id = ID.matcher(text).matches() ? UUID.fromString(text) : null;
                case ServerField.SUBMITTED_FROM -> address = text;
                case ServerField.SUBMITTED_PATH -> path = text;
                case ServerField.SUBMITTED_ERASE ->
                    eraseHash = ERASE_HASH.matcher(text).matches() ? text : null;
                default -> {
                    return false;
                }
            }
            return !(name.equals(ServerField.REPORT_ID) && id == null);
        }

        ReceivedReport report(byte[] json, byte[] fields, String place) {
            ReceivedReport.Builder report = ReceivedReport.json(json, fields, received());
            report.id(id == null ? made(json, place) : id);
            Optional.ofNullable(address).ifPresent(report::address);
            Optional.ofNullable(path).ifPresent(report::path);
            Optional.ofNullable(eraseHash).ifPresent(report::eraseHash);
            return report.build();
        }

        private Instant received() {
            if (received == null) {
                throw new IllegalStateException("asked for only when there is a time");
            }
            return received;
        }

        private static UUID made(byte[] json, String place) {
            byte[] head = (place + "\n").getBytes(StandardCharsets.UTF_8);
            byte[] all = new byte[head.length + json.length];
            System.arraycopy(head, 0, all, 0, head.length);
            System.arraycopy(json, 0, all, head.length, json.length);
            return UUID.nameUUIDFromBytes(all);
        }
    }
}
