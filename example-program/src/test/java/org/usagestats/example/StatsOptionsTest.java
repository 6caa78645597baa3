package org.usagestats.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usagestats.api.Note.note;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.junit.jupiter.api.Test;
import org.usagestats.api.Consent.State;
import org.usagestats.testkit.RecordingUsageStats;
import org.usagestats.testkit.RecordingUsageStats.Decision;

class StatsOptionsTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void aCommandLineWithoutOneOfTheOptionsIsTheProgramsOwn() throws Exception {
        RecordingUsageStats stats = new RecordingUsageStats();

        assertThat(run(stats, "-x", "enable-stats")).isEmpty();
        assertThat(stats.decisions()).isEmpty();
        assertThat(out.size()).isZero();
    }

    @Test
    void aDecisionIsCarriedOutAndItsReasonTold() throws Exception {
        RecordingUsageStats stats = new RecordingUsageStats();

        assertThat(run(stats, "--enable-stats")).hasValue(0);
        assertThat(run(stats, "--disable-stats")).hasValue(0);
        assertThat(stats.decisions()).containsExactly(Decision.ENABLE_AND_SEND, Decision.DISABLE);
        assertThat(printed()).contains(stats.consent().reason());
    }

    @Test
    void whatCannotBeDoneFails() throws Exception {
        assertThat(run(RecordingUsageStats.in(State.DISABLED_BY_ENVIRONMENT), "--enable-stats"))
                .hasValue(1);
        assertThat(run(RecordingUsageStats.in(State.DISABLED_BY_ENVIRONMENT), "--disable-stats"))
                .hasValue(0);
        for (String option : new String[] {"--enable-stats", "--disable-stats", "--forget-stats"}) {
            assertThat(run(RecordingUsageStats.in(State.ERRORED), option)).hasValue(1);
        }
        RecordingUsageStats undecided = new RecordingUsageStats();
        undecided.submit();
        assertThat(run(undecided, "--send-stats")).hasValue(1);
    }

    @Test
    void whatWaitsAndWhatWasSentAreShownInFull() throws Exception {
        RecordingUsageStats stats = RecordingUsageStats.in(State.ENABLED);
        assertThat(run(stats, "--show-stats")).hasValue(0);
        assertThat(printed())
                .startsWith("ENABLED: ")
                .contains("\nReports go to https://localhost/.\n0 reports wait.\n0 reports were sent.\n");

        stats.submit(note("word", "one"));
        assertThat(run(stats, "--send-stats")).hasValue(0);
        stats.submit(note("word", "two"));
        stats.submit(note("word", "three"));
        assertThat(run(stats, "--show-stats")).hasValue(0);
        assertThat(printed())
                .endsWith("\n2 reports wait:\n\nword:two\n\nword:three\n\n1 report was sent:\n\nword:one\n");
    }

    @Test
    void whoIsForgottenAndGoesOnIsToldSo() throws Exception {
        RecordingUsageStats stats = RecordingUsageStats.in(State.ENABLED);

        assertThat(run(stats, "--forget-stats")).hasValue(0);
        assertThat(stats.decisions()).containsExactly(Decision.FORGET);
        assertThat(printed()).contains("stay enabled; --disable-stats stops them.");

        stats.disableReporting();
        out.reset();
        assertThat(run(stats, "--forget-stats")).hasValue(0);
        assertThat(printed()).doesNotContain("enabled");
    }

    @Test
    void aNoteCannotSteerTheTerminal() throws Exception {
        RecordingUsageStats stats = new RecordingUsageStats();
        stats.submit(note("file", "a\u001b[2Jb\rc\u009bd\u202ee\u0000f\\u001bg\ud800h\u2028i\udb40\udc41j é😀"));

        run(stats, "--show-stats");
        assertThat(printed())
                .contains("file:a\\u001b[2Jb c\\u009bd\\u202ee\\u0000f\\\\u001bg?h\\u2028i\\udb40\\udc41j é😀\n");
    }

    private OptionalInt run(RecordingUsageStats stats, String... args) throws ParseException {
        Options options = new Options()
                .addOptionGroup(StatsOptions.group())
                .addOption(Option.builder("x").get());
        return StatsOptions.run(
                new DefaultParser().parse(options, args), stats, new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
