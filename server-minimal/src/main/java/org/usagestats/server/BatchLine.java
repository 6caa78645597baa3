package org.usagestats.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.usagestats.server.http.Refusal;
import org.usagestats.sink.ReceivedReport;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A line of a batch: {@code {"id":"UUID","erase":"HASH","report":{…}}}, where the hash, or both it and the id, may be left
 * out.
 *
 * <p>The report is wrapped, since beside its own fields an id could not be told from a field of that name.
 *
 * @param id the id, a UUID as the client wrote it
 * @param eraseHash the hash by which the report can be erased
 * @param json the report, exactly as it stands in the line
 */
record BatchLine(Optional<String> id, Optional<String> eraseHash, String json) {

    private static final String FORM =
            "a line is {\"id\":\"UUID\",\"report\":{\"name\":value}}, where the id may be left out,"
                    + " and \"erase\":\"HASH\" may stand beside it";
    private static final int AROUND_REPORT = 1024;

    /** Deeper by the wrapping object and longer by its tokens than a report, whose own limits hold besides. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(JsonReport.LIMITS
                    .rebuild()
                    .maxNestingDepth(JsonReport.LIMITS.getMaxNestingDepth() + 1)
                    .maxTokenCount(JsonReport.LIMITS.getMaxTokenCount() + 10)
                    .build())
            .build();

    /**
     * Takes a line apart.
     *
     * @throws Refusal if it is not of the form, its id is none, or it is too long for any report
     */
    static BatchLine read(ByteBuffer line) throws Refusal {
        if (line.remaining() > Ingest.CAP.bytes() + AROUND_REPORT) {
            throw Ingest.CAP.exceeded();
        }
        return parsed(JsonReport.decoded(line));
    }

    /**
     * Reads the report.
     *
     * @throws Refusal if it is none, or too big
     */
    ReceivedReport.Builder report(Instant received) throws Refusal {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        if (body.length > Ingest.CAP.bytes()) {
            throw Ingest.CAP.exceeded();
        }
        ReceivedReport.Builder report = JsonReport.read(body, received);
        UUID uuid = id.isPresent() ? Intake.id(id.get(), "id") : null;
        if (uuid != null) {
            report.id(uuid);
        }
        if (eraseHash.isPresent()) {
            report.eraseHash(Intake.eraseHash(eraseHash.get(), uuid, "erase"));
        }
        return report;
    }

    private static BatchLine parsed(String text) throws Refusal {
        try (JsonParser in = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw otherForm();
            }
            BatchLine line = members(in, text);
            if (in.nextToken() != null) {
                throw otherForm();
            }
            return line;
        } catch (JacksonException unreadable) {
            throw JsonReport.refusal(unreadable);
        }
    }

    private static BatchLine members(JsonParser in, String text) throws Refusal {
        String id = null;
        String eraseHash = null;
        String report = null;
        while (in.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = in.currentName();
            JsonToken value = in.nextToken();
            if (id == null && name.equals("id") && value == JsonToken.VALUE_STRING) {
                id = in.getString();
                Intake.id(id, "id");
            } else if (eraseHash == null && name.equals("erase") && value == JsonToken.VALUE_STRING) {
                eraseHash = in.getString();
            } else if (report == null && name.equals("report") && value == JsonToken.START_OBJECT) {
                report = objectHere(in, text);
            } else {
                throw otherForm();
            }
        }
        if (report == null) {
            throw otherForm();
        }
        return new BatchLine(Optional.ofNullable(id), Optional.ofNullable(eraseHash), report);
    }

    /** The text from the brace where the parser stands to the one that closes it, where it then stands. */
    private static String objectHere(JsonParser in, String text) {
        long start = in.currentTokenLocation().getCharOffset();
        in.skipChildren();
        return text.substring((int) start, (int) in.currentLocation().getCharOffset());
    }

    private static Refusal otherForm() {
        return Refusal.ofReport(400, "not a line of a batch", FORM);
    }
}
