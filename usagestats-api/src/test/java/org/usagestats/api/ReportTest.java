package org.usagestats.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReportTest {

    @Test
    void contentCannotBeChangedFromOutside() {
        byte[] content = "date:1.000\n".getBytes(StandardCharsets.UTF_8);
        Report report = Report.of(new UUID(1, 2), content);
        content[0] = 'X';
        report.content()[1] = 'X';

        assertThat(report.text()).isEqualTo("date:1.000\n");
        assertThat(report.notes()).containsExactly(new Note("date", "1.000"));
    }

    @Test
    void noteOfNothingOrOfABrokenValueHasNoKey() {
        Object broken = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("broken");
            }
        };

        assertThat(Note.note(null, "x").key()).isEmpty();
        assertThat(Note.note("x", null).key()).isEmpty();
        assertThat(Note.note("x", broken).key()).isEmpty();
        assertThat(Note.note("x", 17)).isEqualTo(new Note("x", "17"));
    }

    @Test
    void noRecorderTakesEverythingAndKeepsNothing() {
        Recorder.none().note("a", 1);

        assertThat(Recorder.none()
                        .submit(new Note("b", "2"), Flags.SESSION_TIME)
                        .fate())
                .isEqualTo(Submission.Fate.DISCARDED);
    }
}
