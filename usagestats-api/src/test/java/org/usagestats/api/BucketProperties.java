package org.usagestats.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class BucketProperties {

    @Property
    void everyNumberIsWithinTheBoundsOfItsBucket(@ForAll("scales") Bucket scale, @ForAll long value) {
        String bucket = scale.of(value);

        assertThat(value).isBetween(least(bucket), greatest(bucket));
    }

    /** Were two buckets to overlap, one of the two bounds would be told as being in the other. */
    @Property
    void bothBoundsOfABucketAreInItAndTheirNeighboursAreNot(@ForAll("scales") Bucket scale, @ForAll long value) {
        String bucket = scale.of(value);

        assertThat(scale.of(least(bucket))).isEqualTo(bucket);
        assertThat(scale.of(greatest(bucket))).isEqualTo(bucket);
        if (least(bucket) != Long.MIN_VALUE) {
            assertThat(scale.of(least(bucket) - 1)).isNotEqualTo(bucket);
        }
        if (greatest(bucket) != Long.MAX_VALUE) {
            assertThat(scale.of(greatest(bucket) + 1)).isNotEqualTo(bucket);
        }
    }

    @Property
    void bucketsAscendWithTheNumbers(@ForAll("scales") Bucket scale, @ForAll long a, @ForAll long b) {
        assertThat(least(scale.of(Math.min(a, b)))).isLessThanOrEqualTo(least(scale.of(Math.max(a, b))));
    }

    @Property
    void numberBeginsABucketWhereItWasSaidTo(@ForAll("starts") long[] starts) {
        Bucket scale = Bucket.ranges(starts);

        for (long start : starts) {
            assertThat(least(scale.of(start))).isEqualTo(start);
        }
        assertThat(scale.of(starts[starts.length - 1])).startsWith(">=");
    }

    @Example
    void bucketsReadWell() {
        assertThat(List.of(-5L, 0L, 1L, 2L, 3L, 4L, 15L, 16L, 1L << 62, Long.MAX_VALUE))
                .extracting(Bucket.powerOfTwo()::of)
                .containsExactly(
                        "<0",
                        "0",
                        "1",
                        "2..3",
                        "2..3",
                        "4..7",
                        "8..15",
                        "16..31",
                        ">=4611686018427387904",
                        ">=4611686018427387904");
        assertThat(List.of(9L, 10L, 99L, 100L, 999L, 1000L))
                .extracting(Bucket.ranges(10, 100, 1000)::of)
                .containsExactly("<10", "10..99", "10..99", "100..999", "100..999", ">=1000");
        assertThat(Bucket.ranges(-10, 0).of(-3)).isEqualTo("-10..-1");
    }

    @Example
    void bucketsKeepTheirBoundsWhateverBecomesOfTheArray() {
        long[] starts = {10, 20};
        Bucket scale = Bucket.ranges(starts);
        starts[0] = 15;

        assertThat(scale.of(12)).isEqualTo("10..19");
    }

    @Example
    void rangesThatDoNotAscendAreRefusedInOneLine() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bucket.ranges(10, 10))
                .withMessage("ranges begin at one or more ascending numbers, such as 10, 100, 1000, not [10, 10]");
        assertThatIllegalArgumentException().isThrownBy(() -> Bucket.ranges(2, 1));
        assertThatIllegalArgumentException().isThrownBy(Bucket::ranges);
    }

    @Provide
    Arbitrary<long[]> starts() {
        return Arbitraries.longs()
                .set()
                .ofMinSize(1)
                .ofMaxSize(10)
                .map(set -> set.stream().mapToLong(Long::longValue).sorted().toArray());
    }

    @Provide
    Arbitrary<Bucket> scales() {
        return Arbitraries.oneOf(Arbitraries.just(Bucket.powerOfTwo()), starts().map(Bucket::ranges));
    }

    private static long least(String bucket) {
        if (bucket.startsWith("<")) {
            return Long.MIN_VALUE;
        }
        return Long.parseLong(bucket.replace(">=", "").replaceAll("\\.\\..*", ""));
    }

    private static long greatest(String bucket) {
        if (bucket.startsWith(">=")) {
            return Long.MAX_VALUE;
        }
        return bucket.startsWith("<")
                ? Long.parseLong(bucket.substring(1)) - 1
                : Long.parseLong(bucket.replaceAll(".*\\.\\.", ""));
    }
}
