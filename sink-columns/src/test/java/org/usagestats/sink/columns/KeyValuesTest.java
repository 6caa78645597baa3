package org.usagestats.sink.columns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.usagestats.sink.Dimension;
import org.usagestats.sink.Query;
import org.usagestats.sink.kit.FieldPath;

class KeyValuesTest {

    private static final int VALUES = 40_000;

    private final KeyValues values = new KeyValues();
    private final Part part = part();

    @Test
    void whatADimensionMakesOfValuesIsKeptForTheNextQuestion() throws IOException {
        Derived first = bins(7);

        assertThat(bins(7)).isSameAs(first);
        assertThat(bins(8)).isNotSameAs(first);
        assertThat(values.derived(new Dimension.Bin("n", BigDecimal.valueOf(7)), Query.Values.TEXT))
                .isNotSameAs(first);
    }

    @Test
    void whatDimensionsMakeOfValuesTakesNoMoreMemoryThanTheValuesThemselves() throws IOException {
        Derived one = bins(1);
        long most = one.bytes();
        for (int width = 2; width < 20; width++) {
            most = Math.max(most, bins(width).bytes());
        }
        assertThat(values.bytes()).isLessThanOrEqualTo(2 * values.ownBytes() + most);
        assertThat(bins(1)).as("the one used least lately").isNotSameAs(one);
    }

    private Derived bins(int width) throws IOException {
        Derived derived = values.derived(new Dimension.Bin("n", BigDecimal.valueOf(width)), Query.Values.TYPED);
        Column column = part.column("n", values);
        derived.known().of(new FieldPath("n").starts(part.keys()).get(0), column);
        return derived;
    }

    private static Part part() {
        PartBuilder builder = new PartBuilder();
        for (int number = 0; number < VALUES; number++) {
            byte[] json = ("{\"n\":" + number + "}").getBytes(StandardCharsets.US_ASCII);
            builder.add(json, 0, json.length);
        }
        return builder.part();
    }
}
