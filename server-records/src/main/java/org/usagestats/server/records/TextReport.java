package org.usagestats.server.records;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a text report must have by the rule of the original collectors: its first line that starts with {@code date:} holds Unix
 * seconds; anything may stand elsewhere.
 */
public final class TextReport {

    /** The most that a report may have, in bytes. */
    public static final int MAX_BYTES = 512 * 1024;

    private static final Pattern DATE_LINE = Pattern.compile("^date:(.*)$", Pattern.MULTILINE | Pattern.UNIX_LINES);
    private static final Pattern DATE = Pattern.compile("[0-9]{2,12}\\.[0-9]{1,3}");

    private TextReport() {}

    /** What may be wrong with one. */
    public enum Fault {
        /** It has no date. */
        DATE_MISSING("missing date field", "a line starts with \"date:\""),
        /** Its date is none. */
        DATE_INVALID("invalid date", "\"date:\" is followed by 2 to 12 digits, a dot and 1 to 3 digits");

        private final String reason;
        private final String allowed;

        Fault(String reason, String allowed) {
            this.reason = reason;
            this.allowed = allowed;
        }

        /**
         * What is wrong.
         *
         * @return the reason, in a few words
         */
        public String reason() {
            return reason;
        }

        /**
         * What would be right.
         *
         * @return what is allowed, in a few words
         */
        public String allowed() {
            return allowed;
        }
    }

    /**
     * Looks at a report, whatever its length.
     *
     * @param body its bytes
     * @return what is wrong with it; empty if nothing is
     */
    public static Optional<Fault> fault(byte[] body) {
        Matcher line = DATE_LINE.matcher(new String(body, StandardCharsets.ISO_8859_1));
        if (!line.find()) {
            return Optional.of(Fault.DATE_MISSING);
        }
        return DATE.matcher(line.group(1)).matches() ? Optional.empty() : Optional.of(Fault.DATE_INVALID);
    }
}
