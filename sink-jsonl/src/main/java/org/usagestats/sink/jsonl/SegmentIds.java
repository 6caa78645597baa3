package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.usagestats.sink.kit.Fingerprint;
import org.usagestats.sink.kit.IdWindow;

/** Tells by what an {@link IdWindow} recognises the reports that stand in a segment. For use by several threads. */
final class SegmentIds {

    private static final byte[] USER = "\"user\":".getBytes(StandardCharsets.US_ASCII);

    private final IdWindow window;

    SegmentIds(IdWindow window) {
        this.window = window;
    }

    /** Hands out what the report is recognised by at which a reader stands, if it can be. */
    void of(SegmentReader report, IdFile.Taker taker) throws IOException {
        Optional<Fingerprint> fingerprint = fingerprint(report.bytes(), report.from(), report.to());
        if (fingerprint.isPresent()) {
            taker.take(fingerprint.get().identity(), fingerprint.get().content());
        }
    }

    private Optional<Fingerprint> fingerprint(byte[] json, int from, int to) {
        StoredHead head = StoredHead.of(json, from, to);
        int brace = to - 1;
        if (!head.id().isEmpty()) {
            return head.uuid().map(id -> window.fingerprint(id, json, head.end(), brace));
        }
        return namesUser(json, head.end(), brace)
                ? Optional.of(window.fingerprint(json, head.end(), brace))
                : Optional.empty();
    }

    /** Tells whether a text report could be known by its fields; of a JSON report too, for which it does no harm. */
    private static boolean namesUser(byte[] json, int from, int brace) {
        for (int i = from; i <= brace - USER.length; i++) {
            if (Arrays.equals(json, i, i + USER.length, USER, 0, USER.length)) {
                return true;
            }
        }
        return false;
    }
}
