package org.usagestats.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

class TextFormatProperties {

    @Property
    void whatIsWrittenIsReadBack(@ForAll("notes") List<Note> notes) {
        assertThat(TextFormat.decode(TextFormat.encode(notes))).isEqualTo(notes);
    }

    @Property
    void anyValueStaysOnItsLine(@ForAll String value) {
        List<Note> read = TextFormat.decode(TextFormat.encode(List.of(new Note("a", value), new Note("b", "2"))));

        assertThat(read).hasSize(2).last().isEqualTo(new Note("b", "2"));
    }

    @Property
    void anyBytesCanBeRead(@ForAll byte[] bytes) {
        assertThat(TextFormat.decode(bytes)).noneMatch(note -> note.key().contains(":"));
    }

    @Property
    void secondsReadBackAsMilliseconds(@ForAll @LongRange(min = 0, max = 9_999_999_999_999L) long millis) {
        String[] parts = TextFormat.seconds(millis).split("\\.");

        assertThat(parts[1]).hasSize(3);
        assertThat(Long.parseLong(parts[0]) * 1000 + Long.parseLong(parts[1])).isEqualTo(millis);
    }

    @Example
    void lineIsSplitAtItsFirstColon() {
        assertThat(TextFormat.decode("url:http://a:1/\nlone\n\nlast:1".getBytes(StandardCharsets.UTF_8)))
                .containsExactly(new Note("url", "http://a:1/"), new Note("lone", ""), new Note("last", "1"));
    }

    @Example
    void eachLineBreakBecomesOneSpace() {
        assertThat(new String(TextFormat.encode(List.of(new Note("k", "a\nb\rc\r\nd"))), StandardCharsets.UTF_8))
                .isEqualTo("k:a b c d\n");
    }

    @Example
    void keyThatWouldNotReadBackIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> TextFormat.encode(List.of(new Note("a:b", "c"))));
        assertThatIllegalArgumentException().isThrownBy(() -> TextFormat.encode(List.of(new Note("a\nb", "c"))));
    }

    @Provide
    Arbitrary<List<Note>> notes() {
        Arbitrary<String> keys = Arbitraries.strings().ofMinLength(1).excludeChars(':', '\n', '\r');
        Arbitrary<String> values = Arbitraries.strings().excludeChars('\n', '\r');
        return Combinators.combine(
                        keys.filter(TextFormatProperties::isUtf8), values.filter(TextFormatProperties::isUtf8))
                .as(Note::new)
                .list()
                .ofMaxSize(20);
    }

    private static boolean isUtf8(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
