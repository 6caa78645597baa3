package org.usagestats.sink.kit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.usagestats.sink.ReceivedReport;

/** Reports for tests. */
final class Reports {

    private Reports() {}

    static ReceivedReport.Builder text(String body, Instant received) {
        return ReceivedReport.text(utf8(body), received);
    }

    static ReceivedReport.Builder json(String fields, Instant received) {
        return ReceivedReport.json(utf8("{" + fields + "}"), utf8(fields), received);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
