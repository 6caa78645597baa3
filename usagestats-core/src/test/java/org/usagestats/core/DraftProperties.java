package org.usagestats.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.usagestats.api.Note;
import org.usagestats.api.TextFormat;

class DraftProperties {

    @Property
    void whateverIsAddedStaysWithinTheBounds(@ForAll List<String> keys, @ForAll String value) {
        Draft draft = new Draft();
        for (String key : keys) {
            draft.add(new Note(key, value));
            draft.add(new Note("k", value.repeat(100)));
        }

        assertThat(draft.notes()).hasSizeLessThanOrEqualTo(Draft.MAX_NOTES);
        assertThat(TextFormat.encode(draft.notes()).length).isLessThanOrEqualTo(Draft.MAX_BYTES);
        assertThat(draft.notes()).allMatch(note -> note.key().matches("[A-Za-z0-9_.-]{1,64}"));
        assertThat(draft.notes().size() + draft.refused()).isEqualTo(2 * keys.size());
    }

    @Property
    void aLongValueIsCutBetweenCharactersAndSaysHowMuchIsMissing(@ForAll @IntRange(max = 3) int shift) {
        String value = "x".repeat(shift) + "😀".repeat(2000);
        Draft draft = new Draft();
        draft.add(new Note("k", value));

        String kept = draft.notes().get(0).value();
        int missing = Integer.parseInt(kept.substring(kept.indexOf("…[cut ") + 6, kept.length() - 1));
        String start = kept.substring(0, kept.indexOf('…'));
        assertThat(value).startsWith(start);
        assertThat(utf8(start) + missing).isEqualTo(utf8(value));
        assertThat(utf8(kept)).isLessThanOrEqualTo(Draft.MAX_VALUE_BYTES);
    }

    @Example
    void theLongestValueAndKeyAreKept() {
        Draft draft = new Draft();
        draft.add(new Note("k".repeat(64), "v".repeat(Draft.MAX_VALUE_BYTES)));
        draft.add(new Note("k".repeat(65), "v"));
        draft.add(new Note("", "v"));

        assertThat(draft.notes()).containsExactly(new Note("k".repeat(64), "v".repeat(Draft.MAX_VALUE_BYTES)));
        assertThat(draft.refused()).isEqualTo(2);
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
