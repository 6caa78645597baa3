package org.usagestats.sink.files;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.usagestats.sink.ReceivedReport.Format;

class ReportNameProperties {

    @Property
    void nameIsReadBack(
            @ForAll @LongRange(min = 0, max = 999_999_999_999_999L) long millis,
            @ForAll @IntRange(max = 999_999_999) int number,
            @ForAll Format format) {
        ReportName name = new ReportName(millis, number, format);

        assertThat(ReportName.of(name.toString())).contains(name);
    }

    @Property
    void namesSortByTimeThenByNumber(
            @ForAll @LongRange(min = 0, max = 20_000) long millis,
            @ForAll @LongRange(min = 0, max = 20_000) long others,
            @ForAll @IntRange(max = 20) int number) {
        ReportName name = new ReportName(millis, number, Format.TEXT);

        assertThat(name).isLessThan(name.next()).isLessThan(new ReportName(millis, number + 10, Format.JSON));
        assertThat(name.compareTo(new ReportName(others, number, Format.TEXT))).isEqualTo(Long.compare(millis, others));
    }
}
