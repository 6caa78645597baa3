package org.usagestats.sink.files;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.kit.EraseKey;
import org.usagestats.sink.kit.Fingerprint;
import org.usagestats.sink.kit.IdWindow;

/** A JSON report's file: its canonical JSON object and a line feed. */
final class JsonFile implements FileFormat {

    private static final String STRING = "\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"";

    /** The collector's fields of a report with an id, up to the report's own. */
    private static final Pattern HEAD =
            Pattern.compile("\\{\"report_id\":\"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\""
                    + "(?:,\"(?:server_time|submitted_from|submitted_path)\":" + STRING + ")*+"
                    + "(?:,\"submitted_erase\":\"([0-9a-f]{64})\")?+,?");

    @Override
    public byte[] encode(ReceivedReport report) {
        byte[] json = report.json();
        byte[] content = Arrays.copyOf(json, json.length + 1);
        content[json.length] = '\n';
        return content;
    }

    @Override
    public Optional<byte[]> canonicalJson(byte[] content) {
        return isOneLine(content) ? Optional.of(Arrays.copyOf(content, content.length - 1)) : Optional.empty();
    }

    @Override
    public Optional<Fingerprint> fingerprint(byte[] content, IdWindow window) {
        int closingBrace = content.length - 2;
        return head(content)
                .map(head -> window.fingerprint(UUID.fromString(head.group(1)), content, head.end(), closingBrace));
    }

    @Override
    public Optional<EraseKey> eraseKey(byte[] content) {
        return head(content)
                .filter(head -> head.group(2) != null)
                .map(head -> EraseKey.of(UUID.fromString(head.group(1)), head.group(2)));
    }

    private static Optional<Matcher> head(byte[] content) {
        if (!isOneLine(content)) {
            return Optional.empty();
        }
        Matcher head = HEAD.matcher(new String(content, StandardCharsets.ISO_8859_1));
        return head.lookingAt() ? Optional.of(head) : Optional.empty();
    }

    /** Tells a whole file from one that was cut short or never reached the disk. */
    private static boolean isOneLine(byte[] content) {
        int end = content.length - 1;
        for (int i = 0; i < end; i++) {
            if (content[i] == '\n') {
                return false;
            }
        }
        return end > 1 && content[0] == '{' && content[end - 1] == '}' && content[end] == '\n';
    }
}
