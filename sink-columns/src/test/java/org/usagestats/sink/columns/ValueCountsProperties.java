package org.usagestats.sink.columns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ValueCountsProperties {

    @Property(tries = 300)
    void eachNumberIsCountedAsOftenAsItCame(
            @ForAll("numbers") List<Integer> some, @ForAll("numbers") List<Integer> more) {
        ValueCounts counts = counted(some);
        counts.addAll(counted(more));

        Map<Integer, Long> expected = new TreeMap<>();
        some.forEach(number -> expected.merge(number, 1L + number, Long::sum));
        more.forEach(number -> expected.merge(number, 1L + number, Long::sum));
        Map<Integer, Long> all = new TreeMap<>();
        counts.each((number, times) -> assertThat(all.put(number, times)).isNull());
        assertThat(all).isEqualTo(expected);
    }

    /** Few and many, close together and far apart. */
    @Provide
    Arbitrary<List<Integer>> numbers() {
        return Arbitraries.of(10, 100, 5_000, 1_000_000)
                .flatMap(most -> Arbitraries.integers().between(1, most).list().ofMaxSize(200));
    }

    private static ValueCounts counted(List<Integer> numbers) {
        ValueCounts counts = new ValueCounts();
        numbers.forEach(number -> counts.add(number, 1L + number));
        return counts;
    }
}
