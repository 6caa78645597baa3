package org.usagestats.sink.jsonl;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.usagestats.sink.ServerField;
import org.usagestats.sink.kit.EraseKey;

/**
 * The collector's fields, which stand first in a stored report and are strings: as far as one must look into it to know it
 * again.
 *
 * @param id the report's id, or the empty text
 * @param received when it was received, as it stands there, or the empty text
 * @param eraseHash its erase hash, or the empty text
 * @param end where the report's own fields begin, or its closing brace if it has none
 */
record StoredHead(String id, String received, String eraseHash, int end) {

    private static final byte[] BEGINNING =
            ("{\"" + ServerField.REPORT_ID + "\":\"").getBytes(StandardCharsets.US_ASCII);

    /**
     * Reads the head of a canonical JSON object.
     *
     * @param json where it stands
     * @param from its opening brace
     * @param to behind its closing brace
     */
    static StoredHead of(byte[] json, int from, int to) {
        String id = "";
        String received = "";
        String eraseHash = "";
        int at = from + 1;
        while (true) {
            int nameEnd = endOfString(json, at, to);
            String name = nameEnd < 0 ? "" : text(json, at, nameEnd);
            int valueEnd = ServerField.isReserved(name) ? endOfString(json, nameEnd + 1, to) : -1;
            if (valueEnd < 0) {
                return new StoredHead(id, received, eraseHash, at);
            }
            if (name.equals(ServerField.REPORT_ID)) {
                id = text(json, nameEnd + 1, valueEnd);
            } else if (name.equals(ServerField.SERVER_TIME)) {
                received = text(json, nameEnd + 1, valueEnd);
            } else if (name.equals(ServerField.SUBMITTED_ERASE)) {
                eraseHash = text(json, nameEnd + 1, valueEnd);
            }
            at = json[valueEnd] == ',' ? valueEnd + 1 : valueEnd;
        }
    }

    /** The id as such, if the report has one. */
    Optional<UUID> uuid() {
        try {
            return id.isEmpty() ? Optional.empty() : Optional.of(UUID.fromString(id));
        } catch (IllegalArgumentException notAnId) {
            // A line that was put there by hand: nobody will send its like again.
            return Optional.empty();
        }
    }

    /** What the report is erased by, if it can be. */
    Optional<EraseKey> eraseKey() {
        return eraseHash.isEmpty() ? Optional.empty() : uuid().map(uuid -> EraseKey.of(uuid, eraseHash));
    }

    /**
     * Reads the heads of all reports that left something in a damaged line, which may be of several.
     *
     * @param from the line's first byte
     * @param to its end
     */
    static List<StoredHead> allIn(byte[] json, int from, int to) {
        List<StoredHead> heads = new ArrayList<>();
        for (int at = from; at <= to - BEGINNING.length; at++) {
            if (Arrays.equals(json, at, at + BEGINNING.length, BEGINNING, 0, BEGINNING.length)) {
                heads.add(of(json, at, to));
            }
        }
        return heads;
    }

    /** Where a string ends that begins here with its quote, or -1 if none does. */
    private static int endOfString(byte[] json, int start, int to) {
        if (start >= to || json[start] != '"') {
            return -1;
        }
        for (int i = start + 1; i < to - 1; i++) {
            if (json[i] == '"') {
                return i + 1;
            }
            if (json[i] == '\\') {
                i++;
            }
        }
        return -1;
    }

    /** The text between the quotes, good for comparing names and ids, which are ASCII without escapes. */
    private static String text(byte[] json, int start, int end) {
        return new String(json, start + 1, end - start - 2, StandardCharsets.ISO_8859_1);
    }
}
