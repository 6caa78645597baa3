package org.usagestats.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("1994-11-06T08:49:37Z");

    @Test
    void readsSeconds() {
        assertThat(RetryAfter.parse("120", NOW)).hasValue(Duration.ofMinutes(2));
        assertThat(RetryAfter.parse("0", NOW)).hasValue(Duration.ZERO);
        assertThat(RetryAfter.parse("9223372036854775807", NOW)).hasValue(Duration.ofSeconds(Long.MAX_VALUE));
        assertThat(RetryAfter.parse("99999999999999999999", NOW)).hasValue(Duration.ofSeconds(Long.MAX_VALUE));
    }

    @Test
    void readsADate() {
        assertThat(RetryAfter.parse("Sun, 06 Nov 1994 08:50:37 GMT", NOW)).hasValue(Duration.ofMinutes(1));
        assertThat(RetryAfter.parse("Sun, 06 Nov 1994 08:48:37 GMT", NOW)).hasValue(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-5", "1.5", "5 s", "١٢", "Sun, 99 Nov 1994 08:49:37 GMT"})
    void ignoresNonsense(String value) {
        assertThat(RetryAfter.parse(value, NOW)).isEmpty();
    }
}
