package org.usagestats.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import org.usagestats.api.Note;

class CanonicalJsonProperties {

    @Property
    void timesAreWrittenAsTheJdkWritesThem(@ForAll("times") Instant time) {
        assertThat(CanonicalJson.appendTime(new StringBuilder(), time))
                .hasToString(new DateTimeFormatterBuilder()
                        .appendInstant(3)
                        .toFormatter()
                        .format(time));
    }

    @Example
    void timesAtTheEndsOfWhatThereIsAreWrittenToo() {
        for (String text : List.of(
                "0999-12-31T23:59:59.999Z",
                "1000-01-01T00:00:00.000Z",
                "9999-12-31T23:59:59.999Z",
                "+10000-01-01T00:00:00.000Z",
                "-0001-02-28T23:00:00.010Z")) {
            assertThat(CanonicalJson.appendTime(new StringBuilder(), Instant.parse(text)))
                    .hasToString(text);
        }
        timesAreWrittenAsTheJdkWritesThem(Instant.MIN);
        timesAreWrittenAsTheJdkWritesThem(Instant.MAX);
    }

    @Property
    void stringsAreEscapedCharacterByCharacter(
            @ForAll @CharRange(from = 0, to = '~') String key, @ForAll("values") String value) {
        String expected = quoted(ServerField.clientName(key)) + ":" + quoted(value);
        assertThat(new String(CanonicalJson.fields(List.of(new Note(key, value))), StandardCharsets.UTF_8))
                .isEqualTo(expected);
    }

    private static String quoted(String value) {
        StringBuilder text = new StringBuilder("\"");
        for (char c : value.toCharArray()) {
            int escape = "\"\\\b\f\n\r\t".indexOf(c);
            if (escape >= 0) {
                text.append('\\').append("\"\\bfnrt".charAt(escape));
            } else {
                text.append(c < ' ' ? String.format(Locale.ROOT, "\\u%04x", (int) c) : String.valueOf(c));
            }
        }
        return text.append('"').toString();
    }

    @Provide
    Arbitrary<Instant> times() {
        return Arbitraries.longs()
                .between(-200_000_000_000_000L, 500_000_000_000_000L)
                .map(Instant::ofEpochMilli);
    }

    /** Without lone surrogates, which UTF-8 has no bytes for. */
    @Provide
    Arbitrary<String> values() {
        return Arbitraries.strings().withCharRange((char) 0, (char) 0xD7FF);
    }
}
