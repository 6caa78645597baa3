package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.usagestats.sink.kit.IdWindow;

/** Tells an {@link IdWindow} which reports a log holds. */
final class StoredIds {

    private static final byte[] USER = "\"user\":".getBytes(StandardCharsets.US_ASCII);

    private final IdWindow window;

    StoredIds(IdWindow window) {
        this.window = window;
    }

    /** Adds all reports, each as received when its segment's day began. */
    void addAll(LogReader reports) throws IOException {
        while (reports.next()) {
            SegmentReader report = reports.report();
            Instant received =
                    report.segment().day().atStartOfDay(ZoneOffset.UTC).toInstant();
            add(report.bytes(), report.from(), report.to(), received);
        }
    }

    private void add(byte[] json, int from, int to, Instant received) {
        StoredHead head = StoredHead.of(json, from, to);
        int brace = to - 1;
        if (!head.id().isEmpty()) {
            head.uuid().ifPresent(id -> window.add(window.fingerprint(id, json, head.end(), brace), received));
        } else if (namesUser(json, head.end(), brace)) {
            window.add(window.fingerprint(json, head.end(), brace), received);
        }
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
