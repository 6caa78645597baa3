package org.usagestats.transport.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The header {@code Retry-After}: a number of seconds or a date (RFC 9110, section 10.2.3). */
final class RetryAfter {

    private RetryAfter() {}

    /**
     * Reads the header.
     *
     * @param value what the header says
     * @param now the time from which a date is counted
     * @return how long to wait, not negative, or empty if the value is neither
     */
    static Optional<Duration> parse(String value, Instant now) {
        return isNumber(value) ? seconds(value) : untilDate(value, now);
    }

    private static boolean isNumber(String value) {
        return !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static Optional<Duration> seconds(String value) {
        try {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        } catch (NumberFormatException longerThanCountable) {
            return Optional.of(Duration.ofSeconds(Long.MAX_VALUE));
        }
    }

    private static Optional<Duration> untilDate(String value, Instant now) {
        try {
            Instant date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(date.isAfter(now) ? Duration.between(now, date) : Duration.ZERO);
        } catch (DateTimeException nonsense) {
            return Optional.empty();
        }
    }
}
