package org.usagestats.benchmarks.queries;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MediansTest {

    @Test
    void the_middle_one_counts_or_what_is_between_the_two() {
        assertThat(Medians.of(List.of(9, 1, 2))).isEqualTo(2);
        assertThat(Medians.of(List.of(4L, 1L, 2L, 9L))).isEqualTo(3);
    }

    @Test
    void there_is_none_of_nothing() {
        assertThat(Medians.of(List.of())).isNaN();
    }
}
