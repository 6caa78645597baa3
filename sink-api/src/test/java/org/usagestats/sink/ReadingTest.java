package org.usagestats.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingTest {

    @Test
    void aReadingIsACounterOrAGauge() {
        assertThat(Reading.counter("syncs_total", "Syncs.", 3))
                .isEqualTo(new Reading("syncs_total", Reading.Kind.COUNTER, "Syncs.", 3));
        assertThat(Reading.gauge("queue_bytes", "Bytes.", 0.5).value()).isEqualTo(0.5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Syncs", "2_syncs", "sync-time", "a b", "a{b=\"c\"}", "syncs_total"})
    void aNameThatIsNoneOfAGaugeIsRefused(String name) {
        assertThatThrownBy(() -> Reading.gauge(name, "What.", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + name + "\"");
    }

    @Test
    void aCounterEndsWithTotal() {
        assertThatThrownBy(() -> Reading.counter("syncs", "Syncs.", 3)).isInstanceOf(IllegalArgumentException.class);
    }
}
