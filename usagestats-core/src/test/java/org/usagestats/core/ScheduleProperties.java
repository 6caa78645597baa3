package org.usagestats.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class ScheduleProperties {

    private static final long NOW = 1_800_000_000_000L;
    private static final long HOUR = 3_600_000;

    private final UploadSchedule hourly = UploadSchedule.atMostEvery(Duration.ofHours(1));
    private final UploadSchedule every = UploadSchedule.everySubmit();

    @Example
    void theFirstReportIsDueAtOnceAndNoneIsNever() {
        assertThat(hourly.isDue(DrainState.NONE, NOW, 1)).isTrue();
        assertThat(hourly.isDue(DrainState.NONE, NOW, 0)).isFalse();
    }

    @Example
    void afterADrainTheNextIsDueWhenTheIntervalIsOverOrTheSpoolHalfFull() {
        DrainState drained = DrainState.NONE.succeeded(NOW, List.of());

        assertThat(hourly.isDue(drained, NOW + HOUR - 1, 1)).isFalse();
        assertThat(hourly.isDue(drained, NOW + HOUR, 1)).isTrue();
        assertThat(hourly.isDue(drained, NOW + 1, Spool.LIMIT / 2)).isTrue();
        assertThat(every.isDue(drained, NOW, 1)).isTrue();
    }

    @Example
    void afterAFailureOnlyEverySubmitTriesSoonerAndOnlyIfThereWasNoAnswer() {
        DrainState silence = DrainState.NONE.failed(NOW + HOUR, false, List.of());
        DrainState answer = DrainState.NONE.failed(NOW + HOUR, true, List.of());

        assertThat(hourly.isDue(silence, NOW, Spool.LIMIT)).isFalse();
        assertThat(every.isDue(silence, NOW, 1)).isTrue();
        assertThat(every.isDue(answer, NOW, 1)).isFalse();
        assertThat(hourly.isDue(answer, NOW + HOUR + 1, 1)).isTrue();
    }

    @Example
    void aTimeThatAClockPutFarAheadIsNotWaitedFor() {
        long decade = Duration.ofDays(3650).toMillis();

        assertThat(hourly.isDue(DrainState.NONE.succeeded(NOW + decade, List.of()), NOW, 1))
                .isTrue();
        assertThat(hourly.isDue(DrainState.NONE.failed(NOW + decade, true, List.of()), NOW, 1))
                .isTrue();
    }

    @Property
    void backOffStaysWithinItsBound(@ForAll @IntRange(min = 1, max = 10_000) int failures, @ForAll long seed) {
        Duration wait = new Backoff(new Random(seed)).after(failures, Optional.empty());
        long minutes = failures > 11 ? 1440 : Math.min(1440, 1L << (failures - 1));

        assertThat(wait).isPositive().isLessThanOrEqualTo(Duration.ofMinutes(minutes));
    }

    @Property
    void whatTheCollectorAsksForIsKeptWithinASecondAndADay(
            @ForAll @LongRange(min = -10, max = 1_000_000_000_000L) long asked) {
        Duration wait = new Backoff(new Random(1)).after(1, Optional.of(Duration.ofSeconds(asked)));

        assertThat(wait).isBetween(Duration.ofSeconds(1), Duration.ofDays(1));
        if (asked > 60 && asked < 86_400) {
            assertThat(wait).isEqualTo(Duration.ofSeconds(asked));
        }
    }

    @Example
    void anIntervalIsPositive() {
        assertThatIllegalArgumentException().isThrownBy(() -> UploadSchedule.atMostEvery(Duration.ZERO));
    }
}
