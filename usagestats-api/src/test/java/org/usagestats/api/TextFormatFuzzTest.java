package org.usagestats.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

class TextFormatFuzzTest {

    @FuzzTest
    void whatIsReadIsWrittenTheSame(byte[] text) {
        List<Note> notes = TextFormat.decode(text);

        if (notes.stream().noneMatch(note -> (note.key() + note.value()).indexOf('\r') >= 0)) {
            assertThat(TextFormat.decode(TextFormat.encode(notes))).isEqualTo(notes);
        }
    }
}
