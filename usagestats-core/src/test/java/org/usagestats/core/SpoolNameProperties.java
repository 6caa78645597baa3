package org.usagestats.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class SpoolNameProperties {

    @Property
    void nameReadsBack(
            @ForAll @LongRange(min = 0, max = 9_999_999_999_999L) long millis,
            @ForAll long high,
            @ForAll long low,
            @ForAll byte[] content) {
        SpoolName name = SpoolName.of(millis, new UUID(high, low).toString(), content);
        SpoolName read = SpoolName.parse(name.toString());

        assertThat(read).isNotNull();
        assertThat(read.millis()).isEqualTo(millis);
        assertThat(read.id()).isEqualTo(new UUID(high, low));
        assertThat(read.fits(content)).isTrue();
    }

    @Property
    void aFlippedBitNoLongerFits(@ForAll @IntRange(max = 99) int at, @ForAll @IntRange(max = 7) int bit) {
        byte[] content = new byte[100];
        SpoolName name = SpoolName.of(1, new UUID(1, 2).toString(), content);
        content[at] ^= (byte) (1 << bit);

        assertThat(name.fits(content)).isFalse();
    }

    @Property
    void namesSortAsTheirTimes(
            @ForAll @LongRange(min = 0, max = 9_999_999_999_999L) long one,
            @ForAll @LongRange(min = 0, max = 9_999_999_999_999L) long other) {
        String first = SpoolName.of(one, new UUID(0, 0).toString(), new byte[0]).toString();
        String second =
                SpoolName.of(other, new UUID(0, 0).toString(), new byte[0]).toString();

        assertThat(Integer.signum(first.compareTo(second))).isEqualTo(Long.compare(one, other));
    }

    @Property
    void anyOtherTextIsNotAName(@ForAll String text) {
        assertThat(SpoolName.parse(text)).isNull();
    }

    @Example
    void nameIsWrittenOut() {
        assertThat(SpoolName.of(1_700_000_000_005L, new UUID(1, 2).toString(), "123456789".getBytes()))
                .hasToString("report_1700000000005_00000000-0000-0001-0000-000000000002_cbf43926.txt");
    }

    @Example
    void almostNamesAreRefused() {
        String good = SpoolName.of(1_700_000_000_005L, new UUID(1, 2).toString(), new byte[0])
                .toString();

        assertThat(SpoolName.parse(good)).isNotNull();
        assertThat(SpoolName.parse(good.replace("report_1", "report_x"))).isNull();
        assertThat(SpoolName.parse(good.replace("report_1", "report_-"))).isNull();
        assertThat(SpoolName.parse(good.replace("0000-0001-", "0000-00x1-"))).isNull();
        assertThat(SpoolName.parse(good + "x")).isNull();
        assertThat(SpoolName.parse("report_1700000000_005.txt")).isNull();
    }
}
