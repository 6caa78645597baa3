package org.usagestats.sink.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.usagestats.sink.Dimension;
import org.usagestats.sink.Filter;
import org.usagestats.sink.Operator;
import org.usagestats.sink.Selection;

/** Which reports are handed out. */
class SelectedReportsTest {

    private static final String REPORT =
            "{\"server_time\":\"2026-03-01T12:00:00Z\",\"date\":\"1772000000.0\",\"os\":\"Linux\"}";

    @Test
    void all_are_without_a_word_and_even_those_that_cannot_be_read() {
        assertThat(holds(Selection.ALL, REPORT)).isTrue();
        assertThat(holds(Selection.ALL, "{")).isTrue();
    }

    @Test
    void a_period_holds_its_beginning_and_not_its_end() {
        Instant noon = Instant.parse("2026-03-01T12:00:00Z");

        assertThat(holds(Selection.ALL.from(noon), REPORT)).isTrue();
        assertThat(holds(Selection.ALL.to(noon), REPORT)).isFalse();
        assertThat(holds(Selection.ALL.from(noon.plusMillis(1)), REPORT)).isFalse();
        assertThat(holds(Selection.ALL.from(noon), "{\"os\":\"Linux\"}")).isFalse();
        assertThat(holds(Selection.ALL.to(noon).clock(Selection.Clock.REPORTED), REPORT))
                .isTrue();
        assertThat(holds(Selection.ALL.from(noon), "{")).isFalse();
    }

    @Test
    void a_filter_is_passed() {
        Filter linux = new Filter.Test(new Dimension.Field("os"), Operator.EQ, List.of("Linux"));

        assertThat(holds(Selection.ALL.filter(linux), REPORT)).isTrue();
        assertThat(holds(Selection.ALL.filter(new Filter.Not(linux)), REPORT)).isFalse();
    }

    private static boolean holds(Selection selection, String report) {
        byte[] within = ("x" + report + "x").getBytes(StandardCharsets.UTF_8);
        return new SelectedReports(selection).hold(within, 1, within.length - 2);
    }
}
