package org.usagestats.server.records;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What cannot stand in a line, or in UTF-8, stands as an escape; all else as it is. */
class EscapesProperties {

    @Example
    void each_character_of_its_kind_becomes_an_escape() {
        assertThat(Escapes.line("a\u001b[2J\n\u007f\u0085\u00ad\u2028\u2029\u202e\u2066\ufeffé\\u0041"))
                .isEqualTo("a\\u001b[2J\\u000a\\u007f\\u0085\\u00ad\\u2028\\u2029\\u202e\\u2066\\ufeffé\\u0041");
        assertThat(new String(Escapes.utf8("[\"\ud83d\", \"\ude00\ud83d\ude00$1\"]"), UTF_8))
                .isEqualTo("[\"\\ud83d\", \"\\ude00\ud83d\ude00$1\"]");
    }

    @Property
    void no_text_leaves_its_line(@ForAll String text) {
        assertThat(Escapes.line(text).chars().map(Character::getType))
                .doesNotContain((int) Character.CONTROL, (int) Character.FORMAT, (int) Character.LINE_SEPARATOR, (int)
                        Character.PARAGRAPH_SEPARATOR);
    }

    @Property
    void whole_text_is_the_same_in_utf8(@ForAll String text) {
        String whole = new String(text.getBytes(UTF_8), UTF_8);

        assertThat(new String(Escapes.utf8(whole), UTF_8)).isEqualTo(whole);
    }
}
