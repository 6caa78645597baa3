package org.usagestats.server;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.usagestats.sink.ReceivedReport;

/**
 * Reads a text report by the rule of the original collectors: its first line that starts with {@code date:} holds Unix
 * seconds; anything may stand elsewhere.
 */
final class TextReport {

    private static final Pattern DATE_LINE = Pattern.compile("^date:(.*)$", Pattern.MULTILINE | Pattern.UNIX_LINES);
    private static final Pattern DATE = Pattern.compile("[0-9]{2,12}\\.[0-9]{1,3}");

    private TextReport() {}

    static ReceivedReport.Builder read(byte[] body, Instant received) throws Refusal {
        Matcher line = DATE_LINE.matcher(new String(body, StandardCharsets.ISO_8859_1));
        if (!line.find()) {
            throw Refusal.ofReport(400, "missing date field", "a line starts with \"date:\"");
        }
        if (!DATE.matcher(line.group(1)).matches()) {
            throw Refusal.ofReport(
                    400, "invalid date", "\"date:\" is followed by 2 to 12 digits, a dot and 1 to 3 digits");
        }
        return ReceivedReport.text(body, received);
    }
}
