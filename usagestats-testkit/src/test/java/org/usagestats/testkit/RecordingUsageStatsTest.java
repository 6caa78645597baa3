package org.usagestats.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.usagestats.api.Note.note;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.usagestats.api.Backlog;
import org.usagestats.api.Consent.State;
import org.usagestats.api.DeliveryState;
import org.usagestats.api.Drained;
import org.usagestats.api.Flags;
import org.usagestats.api.Note;
import org.usagestats.api.Repetition;
import org.usagestats.api.Submission.Fate;
import org.usagestats.api.TextFormat;
import org.usagestats.testkit.RecordingUsageStats.Decision;
import org.usagestats.testkit.RecordingUsageStats.Submitted;

class RecordingUsageStatsTest {

    private final RecordingUsageStats stats = new RecordingUsageStats();

    @Test
    void aTestSeesNotesAndFlagsOfEachSubmit() {
        stats.note("mode", 7);
        assertThat(stats.notes()).containsExactly(note("mode", "7"));
        stats.submit(note("what", "ran"), Flags.JAVA_VERSION);
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("b", 1);
        more.put("a", 2);
        stats.note(more);
        stats.submit();

        assertThat(stats.notes()).isEmpty();
        assertThat(stats.submissions())
                .containsExactly(
                        new Submitted(
                                List.of(note("mode", "7")),
                                List.of(note("what", "ran"), Flags.JAVA_VERSION),
                                Fate.SPOOLED),
                        new Submitted(List.of(note("b", "1"), note("a", "2")), List.of(), Fate.SPOOLED));
        assertThat(stats.pending())
                .extracting(report -> report.text())
                .containsExactly("mode:7\nwhat:ran\n", "b:1\na:2\n");
    }

    @Test
    void whatARecorderRefusesIsNotSeen() {
        stats.note(null, "value");
        stats.note("key", null);
        stats.note("not a key", "value");
        stats.note((Map<String, ?>) null);
        stats.submit(note("", "value"));

        assertThat(stats.submissions()).containsExactly(new Submitted(List.of(), List.of(), Fate.SPOOLED));
    }

    @Test
    void consentFollowsTheCallsAndEachIsSeen() {
        stats.submit();
        assertThat(stats.deliver(Duration.ZERO).delivered()).isZero();
        assertThat(stats.enableReporting(Backlog.DISCARD).state()).isEqualTo(State.ENABLED);
        assertThat(stats.pending()).isEmpty();
        stats.submit();
        assertThat(stats.deliver(Duration.ZERO)).isEqualTo(new Drained(1, 0, 0, "All was delivered."));
        stats.submit();
        assertThat(stats.disableReporting().state()).isEqualTo(State.DISABLED);
        assertThat(stats.submit().fate()).isEqualTo(Fate.DISCARDED);
        stats.enableReporting();
        stats.submit();
        stats.close();

        assertThat(stats.pending()).hasSize(1);
        assertThat(stats.submit().fate()).isEqualTo(Fate.DISCARDED);
        assertThat(stats.decisions())
                .containsExactly(Decision.ENABLE_AND_DISCARD, Decision.DISABLE, Decision.ENABLE_AND_SEND);
        assertThat(stats.deliveries()).isEqualTo(2);
        assertThat(stats.closed()).isTrue();
    }

    @Test
    void timeComesForRepetitionsWhenATestSaysSoAndOnlyWithConsent() {
        Repetition daily = stats.submitEvery(Duration.ofDays(1), () -> List.of(note("users", 3), Flags.JAVA_VERSION));
        stats.submitEvery(Duration.ofHours(1), () -> List.of(note("load", 1)));
        assertThat(stats.repetitions()).containsExactly(Duration.ofDays(1), Duration.ofHours(1));
        stats.repeat();
        assertThat(stats.submissions()).isEmpty();

        stats.enableReporting();
        stats.note("noted", 1);
        stats.repeat();
        daily.close();
        daily.close();
        stats.repeat();

        assertThat(stats.submissions())
                .extracting(Submitted::parts)
                .containsExactly(
                        List.of(note("users", 3), Flags.JAVA_VERSION),
                        List.of(note("load", 1)),
                        List.of(note("load", 1)));
        assertThat(stats.submissions().get(0).notes()).containsExactly(note("noted", 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stats.submitEvery(Duration.ofSeconds(59), List::of))
                .withMessageContaining("a minute");
        stats.close();
        assertThat(stats.repetitions()).isEmpty();
    }

    @Test
    void whatIsLeftIsSubmittedByCloseIfThatWasAskedFor() {
        stats.note("left", 1);
        stats.submitAtExit(note("last", 1));
        stats.close();
        stats.close();

        assertThat(stats.submissions())
                .containsExactly(new Submitted(List.of(note("left", 1)), List.of(note("last", 1)), Fate.SPOOLED));
        RecordingUsageStats other = new RecordingUsageStats();
        other.submit();
        other.submitAtExit();
        other.close();
        assertThat(other.submissions()).hasSize(1);
    }

    @Test
    void theDeliveryIsThatOfTheLastCall() {
        stats.submit();
        assertThat(stats.delivery())
                .isEqualTo(new DeliveryState(Optional.empty(), "Nothing was delivered yet.", Optional.empty(), 1, 0));
        stats.enableReporting();
        stats.deliver(Duration.ZERO);

        assertThat(stats.delivery().lastAttempt()).isPresent();
        assertThat(stats.delivery().waiting()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"DISABLED_BY_ENVIRONMENT", "ERRORED"})
    void aStateThatNoDecisionChangesStays(State state) {
        RecordingUsageStats stuck = RecordingUsageStats.in(state);

        assertThat(stuck.enableReporting().state()).isEqualTo(state);
        assertThat(stuck.disableReporting().state()).isEqualTo(state);
        assertThat(stuck.submit().fate()).isEqualTo(Fate.DISCARDED);
        assertThat(stuck.decisions()).hasSize(2);
    }

    @Test
    void itNeedsNoTestLibrary() throws Exception {
        URL[] classPath = {
            Path.of(SeenProcess.location(RecordingUsageStats.class)).toUri().toURL(),
            Path.of(SeenProcess.location(TextFormat.class)).toUri().toURL()
        };
        try (URLClassLoader alone = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
            Class<?> type = alone.loadClass(RecordingUsageStats.class.getName());
            Object recording = type.getDeclaredConstructor().newInstance();
            type.getMethod("note", String.class, Object.class).invoke(recording, "mode", "plain");

            assertThat(type.getMethod("notes").invoke(recording)).hasToString("[" + new Note("mode", "plain") + "]");
        }
    }
}
