package org.usagestats.sink.columns;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.usagestats.sink.Value;

class KeyValuesProperties {

    @Property(tries = 500)
    void aValueIsTheDecimalThatItIsReadAs(@ForAll("values") List<Value> values) {
        KeyValues known = new KeyValues();
        for (Value value : values) {
            Double expected = value.asNumber().map(Number::doubleValue).orElse(Double.NaN);
            assertThat(known.decimal(known.add(value))).as("%s", value).isEqualTo(expected);
        }
    }

    /** Numbers in all ways of writing them, what is almost a number, and what is none. */
    @Provide
    Arbitrary<List<Value>> values() {
        Arbitrary<String> almost =
                Arbitraries.strings().withChars("0123456789.-+eE").ofMaxLength(14);
        Arbitrary<String> decimals = Arbitraries.oneOf(
                        Arbitraries.bigDecimals(),
                        Arbitraries.bigDecimals()
                                .between(BigDecimal.ZERO, BigDecimal.valueOf(100_000))
                                .ofScale(3))
                .map(decimal -> decimal.toPlainString());
        Arbitrary<String> ids = Arbitraries.create(() -> "4833cdac-82fd-4b68-b5c9-cbd0bec03594");
        Arbitrary<String> texts =
                Arbitraries.oneOf(almost, decimals, ids, Arbitraries.strings().ofMaxLength(12));
        Arbitrary<Value> strings = texts.map(Value::string);
        Arbitrary<Value> numbers = decimals.map(Value::number);
        return Arbitraries.oneOf(strings, numbers).list().ofMaxSize(40);
    }
}
