package org.usagestats.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.usagestats.api.Flags.OPERATING_SYSTEM;
import static org.usagestats.api.Flags.SESSION_TIME;
import static org.usagestats.api.Note.note;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.api.Backlog;
import org.usagestats.api.Consent;
import org.usagestats.api.Consent.State;
import org.usagestats.api.Declaration;
import org.usagestats.api.Field;
import org.usagestats.api.Note;
import org.usagestats.api.Recorder;
import org.usagestats.api.Report;
import org.usagestats.api.Submission.Fate;
import org.usagestats.api.UsageStats;
import org.usagestats.spi.Delivery;
import org.usagestats.spi.Delivery.Answer;

/** What a program declares, what its user agreed to, and what therefore is recorded. */
class DeclarationTest {

    private static final URI HERE = URI.create("https://stats.example.org/");
    private static final URI ELSEWHERE = URI.create("https://other.example.org/");

    @TempDir
    Path directory;

    private final List<String> prompts = new ArrayList<>();
    private final ScriptedTransport transport = new ScriptedTransport();

    /** Keeps the reports where the tests can look at them. */
    @BeforeEach
    void deliverNothing() {
        transport.answers = text -> Delivery.of(Answer.UNANSWERED, "nobody is there");
    }

    @Test
    void whatIsNotDeclaredIsWithheldAndCounted() {
        try (UsageStats stats = first().open()) {
            stats.note("mode", "fast");
            stats.note("secret", "x");
            stats.submit(note("other", 1), OPERATING_SYSTEM, SESSION_TIME);

            assertThat(keys(stats.pending().get(0)))
                    .startsWith("date", "version", "program", "mode", "architecture")
                    .doesNotContain("secret", "other", "session_time");
            assertThat(stats.pending().get(0).notes()).contains(new Note("usagestats.refused", "2"));
        }
    }

    @Test
    void aProgramThatDeclaresNothingMayNoteWhatItLikesButNotAsTheLibrary() {
        try (UsageStats stats = builder(HERE).open()) {
            stats.submit(note("anything", 1), note("user", "bob"), note("date", "1.000"), note("version", "x"));
            assertThat(keys(stats.pending().get(0)))
                    .containsExactly("date", "version", "program", "anything", "usagestats.refused");
            assertThat(stats.enableReporting().newFields()).isEmpty();
        }
    }

    @Test
    void anUpdateThatCollectsMoreSendsWhatWasAgreedAndAsksForTheRest() {
        enable(first());
        try (UsageStats stats = second().open()) {
            Consent consent = stats.consent();
            assertThat(consent.sending()).isTrue();
            assertThat(consent.enableable()).isTrue();
            assertThat(consent.newFields()).extracting(Field::key).containsExactly("what");

            stats.submit(note("mode", "fast"), note("what", "ran"));
            assertThat(keys(newest(stats))).contains("mode").doesNotContain("what", "usagestats.refused");
            assertThat(prompts).hasSize(1);
            assertThat(prompts.get(0))
                    .contains("what: which command was run")
                    .doesNotContain("mode:")
                    .contains("not sent unless you agree");

            assertThat(stats.enableReporting().newFields()).isEmpty();
            stats.submit(note("mode", "fast"), note("what", "ran"));
            assertThat(keys(newest(stats))).contains("mode", "what");
            stats.submit();
            assertThat(prompts).hasSize(1);
        }
    }

    @Test
    void whatIsNewIsAskedAboutEvenIfTheFirstQuestionWasAskedToday() {
        try (UsageStats stats = first().open()) {
            stats.submit();
            assertThat(prompts).hasSize(1);
            stats.enableReporting();
        }
        try (UsageStats stats = second().open()) {
            stats.submit();
            stats.submit();
            assertThat(prompts).hasSize(2);
            assertThat(prompts.get(1)).contains("what: which command was run").doesNotContain("mode:");
        }
    }

    @Test
    void anotherPurposeIsAnotherField() {
        enable(first());
        try (UsageStats stats = builder(HERE)
                .collects("mode", "to sell it")
                .collects(OPERATING_SYSTEM)
                .open()) {
            assertThat(stats.consent().newFields()).extracting(Field::key).containsExactly("mode");
        }
    }

    @Test
    void anIdentifierThatCameWithAnUpdateWaitsForAYesToo() {
        enable(first());
        try (UsageStats stats = first().uniqueUserId().open()) {
            assertThat(stats.consent().newFields()).extracting(Field::key).containsExactly("user");
            stats.submit(note("mode", 1));
            assertThat(keys(newest(stats))).doesNotContain("user");

            stats.enableReporting();
            stats.submit(note("mode", 1));
            assertThat(keys(newest(stats))).contains("user");
        }
        try (UsageStats stats = first().open()) {
            stats.submit(note("mode", 1));
            assertThat(stats.pending())
                    .hasSize(3)
                    .filteredOn(report -> keys(report).contains("user"))
                    .hasSize(1);
        }
    }

    @Test
    void anotherRecipientNeedsANewYesAndGetsANewIdentifier() throws Exception {
        enable(first().uniqueUserId());
        String user = userLine();
        try (UsageStats stats = first().uniqueUserId().dropPoint(ELSEWHERE).open()) {
            assertThat(stats.consent().state()).isEqualTo(State.UNSET);
            assertThat(stats.consent().reason()).contains("https://stats.example.org", "https://other.example.org");
            assertThat(stats.submit(note("mode", 1)).fate()).isEqualTo(Fate.SPOOLED);
            assertThat(prompts).hasSize(1);
            assertThat(prompts.get(0)).contains("https://other.example.org").contains("unless you agree");
            assertThat(transport.attempts).isEmpty();

            stats.enableReporting();
            assertThat(userLine()).startsWith("user:").isNotEqualTo(user);
        }
        try (UsageStats stats = first().dropPoint(URI.create("HTTPS://OTHER.example.org:443/elsewhere"))
                .open()) {
            assertThat(stats.consent().sending()).isTrue();
        }
    }

    @Test
    void whatAnEarlierVersionRecordedUndecidedIsNotSentByAYesToLess() {
        try (UsageStats stats = builder(HERE).open()) {
            stats.submit(note("undeclared", 1));
            stats.submit(note("mode", 1));
        }
        try (UsageStats stats = first().open()) {
            stats.enableReporting(Backlog.SEND);
            assertThat(stats.pending()).hasSize(1);
            assertThat(keys(stats.pending().get(0))).contains("mode");
        }
    }

    @Test
    void theQuestionListsWhatWouldBeSentAndToWhom() {
        try (UsageStats stats = first().open()) {
            stats.submit();
        }
        assertThat(prompts).hasSize(1);
        assertThat(prompts.get(0))
                .contains("model would like to send usage statistics to https://stats.example.org")
                .contains("    mode: which code path was used\n")
                .contains("    architecture, distribution, system: which systems the program has to run on\n");
    }

    @Test
    void theDeclarationSaysWhoGetsWhatWhenAndHowToBeRidOfIt() {
        try (UsageStats stats = first().uniqueUserId()
                .prompt(Prompt.forCommands("model --yes", "model --no"))
                .open()) {
            Declaration declared = stats.declared();
            assertThat(declared.program()).isEqualTo("model");
            assertThat(declared.recipient()).isEqualTo(HERE);
            assertThat(declared.fields())
                    .extracting(Field::key)
                    .startsWith("date", "version", "program")
                    .contains("user");
            assertThat(declared.fields()).contains(new Field("mode", "which code path was used"));
            assertThat(declared.markdown())
                    .startsWith("# What model collects\n")
                    .contains("| `mode` | which code path was used |\n")
                    .contains("<https://stats.example.org/>, whenever one is made.")
                    .contains("`model --no`", "`MODEL_USAGE_STATS=off`", "`DO_NOT_TRACK=1`", "`/etc/xdg`")
                    .contains(directory.toString());
        }
    }

    @Test
    void aLibrarysNotesBearItsNameAndJoinTheDeclaration() {
        try (UsageStats stats = first().open()) {
            Recorder library = stats.library("mylib", "2.1", new Field("calls", "how often it is called"));
            stats.note("mode", "a");
            library.note("calls", 3);
            library.note("undeclared", 3);
            stats.submit();
            assertThat(newest(stats).notes())
                    .contains(new Note("mylib.calls", "3"), new Note("mylib.version", "2.1"))
                    .contains(new Note("usagestats.refused", "1"));
            assertThat(stats.declared().fields()).contains(new Field("mylib.calls", "how often it is called"));

            stats.note("mode", "b");
            library.note(Map.of("calls", 4));
            library.submit(note("calls", 5), OPERATING_SYSTEM);
            assertThat(keys(newest(stats)))
                    .contains("mylib.version", "mylib.calls", "architecture")
                    .doesNotContain("mode")
                    .containsOnlyOnce("mylib.version");
            stats.submit();
            assertThat(newest(stats).notes()).contains(new Note("mode", "b"));
            assertThat(keys(newest(stats))).doesNotContain("mylib.version");
        }
    }

    @Test
    void aLibraryThatCameWithAnUpdateWaitsForAYesLikeAnyField() {
        enable(first());
        try (UsageStats stats = first().open()) {
            Recorder library = stats.library("mylib", "2.1", new Field("calls", "how often it is called"));
            library.note("calls", 3);
            stats.submit();
            assertThat(keys(newest(stats))).doesNotContain("mylib.calls", "mylib.version");
            assertThat(stats.consent().newFields())
                    .extracting(Field::key)
                    .containsExactly("mylib.version", "mylib.calls");
        }
    }

    @Test
    void misuseByALibrarysProgramHarmsNobody() {
        try (UsageStats stats = first().open()) {
            assertThat(stats.library("no name", "1").submit().fate()).isEqualTo(Fate.DISCARDED);
            Recorder library =
                    stats.library("mylib", "2\n1", new Field("bad key", ""), new Field("calls", "how often"));
            library.note((String) null, 1);
            library.note((Map<String, ?>) null);
            library.note("calls", null);
            assertThat(library.submit(note("calls", 1)).fate()).isEqualTo(Fate.SPOOLED);
            assertThat(newest(stats).notes()).contains(new Note("mylib.calls", "1"));
        }
    }

    @Test
    void whatCannotBeDeclaredIsRefusedWhileBuilding() {
        assertThatThrownBy(() -> builder(HERE).collects("bad key", "x")).hasMessageContaining("\"bad key\"");
        assertThatThrownBy(() -> builder(HERE).collects("user", "x")).hasMessageContaining("\"user\"");
        assertThatThrownBy(() -> builder(HERE).collects("a", " ")).hasMessageContaining("one line of 1 to 200");
        assertThatThrownBy(() -> builder(HERE).collects("a", "x\ny")).hasMessageContaining("one line of 1 to 200");
        assertThatThrownBy(() -> first().collects("mode", "again")).hasMessageContaining("declared twice");
    }

    @Test
    void anOrganisationsStoreMaySayYesToAll() throws Exception {
        Files.createDirectories(directory.resolve("stats"));
        Files.writeString(directory.resolve("stats/consent"), "decision:ENABLED\n");
        try (UsageStats stats = second().open()) {
            assertThat(stats.consent().sending()).isTrue();
            assertThat(stats.consent().newFields()).isEmpty();
        }
    }

    private void enable(UsageStatsClient.Builder version) {
        try (UsageStats stats = version.open()) {
            assertThat(stats.enableReporting().sending()).isTrue();
        }
    }

    private String userLine() throws Exception {
        return Files.readAllLines(directory.resolve("stats/consent")).stream()
                .filter(line -> line.startsWith("user:"))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> keys(Report report) {
        return report.notes().stream().map(Note::key).toList();
    }

    private static Report newest(UsageStats stats) {
        List<Report> waiting = stats.pending();
        return waiting.get(waiting.size() - 1);
    }

    private UsageStatsClient.Builder first() {
        return builder(HERE).collects("mode", "which code path was used").collects(OPERATING_SYSTEM);
    }

    private UsageStatsClient.Builder second() {
        return first().collects("what", "which command was run");
    }

    private UsageStatsClient.Builder builder(URI dropPoint) {
        return UsageStatsClient.builder("model", "1")
                .dropPoint(dropPoint)
                .location(directory.resolve("stats"))
                .transport(transport)
                .prompt(Prompt.to(prompts::add))
                .uploads(UploadSchedule.everySubmit())
                .environment(Map.of());
    }
}
