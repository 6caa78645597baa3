package org.usagestats.sink.files;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.usagestats.api.TextFormat;
import org.usagestats.sink.ReceivedReport.Format;

/**
 * The name of a report's file; names sort by the time of receipt.
 *
 * @param millis when the report was received, in milliseconds since the Unix epoch
 * @param number 0, or what sets the name apart from an earlier one of the same millisecond
 * @param format what the file holds
 */
record ReportName(long millis, int number, Format format) implements Comparable<ReportName> {

    private static final Pattern FORM =
            Pattern.compile("report_([0-9]{1,12})\\.([0-9]{3})(?:-([0-9]{1,9}))?\\.(txt|json)");

    private static final Comparator<ReportName> ORDER = Comparator.comparingLong(ReportName::millis)
            .thenComparingInt(ReportName::number)
            .thenComparing(ReportName::format);

    /** Reads a file's name; empty if it is not that of a report. */
    static Optional<ReportName> of(String fileName) {
        Matcher name = FORM.matcher(fileName);
        if (!name.matches()) {
            return Optional.empty();
        }
        long millis = Long.parseLong(name.group(1) + name.group(2));
        int number = name.group(3) == null ? 0 : Integer.parseInt(name.group(3));
        return Optional.of(new ReportName(millis, number, name.group(4).equals("txt") ? Format.TEXT : Format.JSON));
    }

    /** The name to try if this one is taken. */
    ReportName next() {
        return new ReportName(millis, number + 1, format);
    }

    @Override
    public int compareTo(ReportName other) {
        return ORDER.compare(this, other);
    }

    /** The file's name. */
    @Override
    public String toString() {
        String suffix = number == 0 ? "" : "-" + number;
        return "report_" + TextFormat.seconds(millis) + suffix + (format == Format.TEXT ? ".txt" : ".json");
    }
}
