package org.usagestats.sink.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AwaitedReportsTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final AwaitedReports awaited = new AwaitedReports();

    @Test
    void aReportIsAwaitedForTenMinutesFromTheLastTimeItWasAskedFor() {
        assertThat(awaited.isEmpty()).isTrue();
        awaited.add(List.of(key(1), key(2)), NOON);
        assertThat(awaited.contains(key(1), NOON.plus(Duration.ofMinutes(10)))).isTrue();
        assertThat(awaited.contains(key(1), NOON.plus(Duration.ofMinutes(10)).plusMillis(1)))
                .isFalse();
        assertThat(awaited.contains(key(3), NOON)).isFalse();

        awaited.add(List.of(key(1)), NOON.plus(Duration.ofMinutes(5)));
        awaited.add(List.of(key(3)), NOON.plus(Duration.ofMinutes(11)));
        assertThat(awaited.contains(key(1), NOON.plus(Duration.ofMinutes(15)))).isTrue();
        assertThat(awaited.contains(key(2), NOON)).as("given up").isFalse();

        awaited.remove(key(1));
        awaited.remove(key(3));
        assertThat(awaited.isEmpty()).isTrue();
    }

    @Test
    void ofTooManyTheOldestAreGivenUp() {
        awaited.add(List.of(key(-1)), NOON);
        awaited.add(
                LongStream.range(0, 100_000).mapToObj(AwaitedReportsTest::key).toList(), NOON);

        assertThat(awaited.contains(key(-1), NOON)).isFalse();
        assertThat(awaited.contains(key(0), NOON)).isTrue();
        assertThat(awaited.contains(key(99_999), NOON)).isTrue();
    }

    private static EraseKey key(long number) {
        return new EraseKey(number, number);
    }
}
