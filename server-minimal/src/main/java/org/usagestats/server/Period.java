package org.usagestats.server;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.commons.cli.ParseException;

/**
 * A time in which reports were received.
 *
 * @param since its first instant
 * @param until the first instant after it
 */
record Period(Instant since, Instant until) {

    /** Reads what an operator wants. */
    static Period of(Settings settings) throws ParseException {
        return new Period(
                bound(settings, Setting.SINCE).orElse(Instant.MIN),
                bound(settings, Setting.UNTIL).orElse(Instant.MAX));
    }

    private static Optional<Instant> bound(Settings settings, Setting setting) throws ParseException {
        Optional<String> text = settings.value(setting);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    text.get().contains("T")
                            ? Instant.parse(text.get())
                            : LocalDate.parse(text.get())
                                    .atStartOfDay(ZoneOffset.UTC)
                                    .toInstant());
        } catch (DateTimeException neither) {
            throw new ParseException(settings.label(setting)
                    + " takes a day as 2026-03-01 or a time as 2026-03-01T12:00:00Z, not \"" + text.get() + "\"");
        }
    }

    /** The part of it before an instant. */
    Period before(Instant end) {
        return end.isBefore(until) ? new Period(since, end) : this;
    }

    /** Tells whether a report was received in it; always, if it has no bounds. */
    boolean holds(byte[] json) {
        if (since.equals(Instant.MIN) && until.equals(Instant.MAX)) {
            return true;
        }
        return StoredJson.received(json)
                .filter(time -> !time.isBefore(since) && time.isBefore(until))
                .isPresent();
    }
}
