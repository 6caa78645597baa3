package org.usagestats.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.usagestats.sink.ReceivedReport;

/** Makes reports as a collector receives them, for the tests of sinks. */
public final class ReceivedReports {

    private ReceivedReports() {}

    /**
     * Starts a text report.
     *
     * @param received when it was received
     * @param lines its lines, such as {@code version:1.0}, without line feeds
     * @return a builder for the rest
     */
    public static ReceivedReport.Builder text(Instant received, String... lines) {
        StringBuilder body = new StringBuilder();
        for (String line : lines) {
            body.append(line).append('\n');
        }
        return ReceivedReport.text(body.toString().getBytes(StandardCharsets.UTF_8), received);
    }

    /**
     * Starts a JSON report.
     *
     * @param received when it was received
     * @param fields its members as canonical JSON, such as {@code "a":1,"b":[true]}, without braces
     * @return a builder for the rest
     */
    public static ReceivedReport.Builder json(Instant received, String fields) {
        return ReceivedReport.json(
                ("{" + fields + "}").getBytes(StandardCharsets.UTF_8),
                fields.getBytes(StandardCharsets.UTF_8),
                received);
    }
}
