package org.usagestats.sink.columns;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.usagestats.sink.Value;

/** A dictionary tells values apart as a map does, whatever their kinds and lengths. */
class DictionaryProperties {

    @Property(tries = 300)
    void itNumbersValuesAsTheyCome(@ForAll("values") List<Value> values) {
        Dictionary dictionary = new Dictionary();
        Map<Value, Integer> expected = new LinkedHashMap<>();
        for (Value value : values) {
            int code = expected.computeIfAbsent(value, fresh -> expected.size() + 1);
            assertThat(dictionary.add(value)).isEqualTo(code);
        }
        expected.forEach((value, code) -> {
            assertThat(dictionary.add(value)).isEqualTo(code);
            assertThat(dictionary.value(code)).isEqualTo(value);
        });
        assertThat(dictionary.size()).isEqualTo(expected.size());
    }

    /** Texts of few letters and many lengths: many are the same, and many nearly. */
    @Provide
    Arbitrary<List<Value>> values() {
        Arbitrary<String> texts =
                Arbitraries.strings().withChars('0', '\0', 'ä', '\ud800').ofMaxLength(20);
        Arbitrary<String> digits = Arbitraries.strings().withChars('0', '1').ofMaxLength(20);
        return Arbitraries.oneOf(
                        texts.map(Value::string),
                        texts.map(text -> Value.string(UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_16))
                                .toString())),
                        texts.map(text -> new Value(Value.Kind.JSON, text)),
                        digits.map(text -> new Value(Value.Kind.NUMBER, text)))
                .list()
                .ofMaxSize(200);
    }
}
