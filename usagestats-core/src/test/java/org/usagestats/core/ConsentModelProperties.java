package org.usagestats.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usagestats.api.Note.note;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.usagestats.api.Backlog;
import org.usagestats.api.Erasure;
import org.usagestats.api.Note;
import org.usagestats.api.Report;
import org.usagestats.api.Submission.Fate;
import org.usagestats.api.UsageStats;
import org.usagestats.testkit.TemporaryFolder;

/** Runs of a program, decisions and accidents in any order, held against a model that fits on a page. */
class ConsentModelProperties {

    /** What can happen to a program's usage statistics from one run to the next. */
    enum Step {
        RUN,
        RUN_AGAIN,
        RUN_WITHOUT_CLOSING,
        ENABLE,
        ENABLE_AND_DISCARD,
        DISABLE,
        FORGET,
        DELIVER,
        SWITCH_OFF,
        SWITCH_ON,
        CHANGE_VERSION,
        CHANGE_RECIPIENT,
        BREAK_THE_DECISION,
        CRASH_WHILE_WITHDRAWING,
        CRASH_WHILE_FORGETTING
    }

    private enum Decision {
        NONE,
        YES,
        NO,
        BROKEN
    }

    private static final URI HERE = URI.create("https://here.example.org/");
    private static final URI THERE = URI.create("https://there.example.org/");

    private ScriptedTransport transport;
    private Path directory;
    private Decision decision;
    private boolean off;
    private int runs;
    private Set<Integer> waiting;

    /** The later version declares, and both note, one field more than the earlier one. */
    private boolean later;

    private boolean laterAgreed;
    private Set<Integer> withExtra;
    private URI recipient;
    private URI agreedRecipient;

    /** Reports sent since the user last withdrew or wanted to be forgotten, and reports that the collector may erase. */
    private Set<Integer> remembered;

    private Set<Integer> forgettable;
    private boolean wished;

    /** Counts the decisions that must not be joined by an identifier, and in which of them an identifier was seen. */
    private int epoch;

    private Map<String, Integer> epochs;

    @Property(tries = 1000, shrinking = ShrinkingMode.BOUNDED)
    void nothingIsKeptOrSentThatTheModelForbids(@ForAll("steps") List<Step> steps) throws IOException {
        check(steps);
    }

    @Property(tries = 10_000, shrinking = ShrinkingMode.BOUNDED)
    void thoroughlyNothingIsKeptOrSentThatTheModelForbids(@ForAll("steps") List<Step> steps) throws IOException {
        if (Boolean.getBoolean("usagestats.thorough")) {
            check(steps);
        }
    }

    private void check(List<Step> steps) throws IOException {
        transport = new ScriptedTransport();
        decision = Decision.NONE;
        off = false;
        waiting = new TreeSet<>();
        later = false;
        laterAgreed = false;
        withExtra = new TreeSet<>();
        recipient = HERE;
        agreedRecipient = HERE;
        remembered = new TreeSet<>();
        forgettable = new TreeSet<>();
        wished = false;
        epoch = 0;
        epochs = new HashMap<>();
        try (TemporaryFolder folder = new TemporaryFolder()) {
            directory = folder.path();
            for (Step step : steps) {
                check(step);
            }
        }
    }

    private void check(Step step) throws IOException {
        int before = transport.reports.size();
        int erasedBefore = transport.erased.size();
        boolean wasOff = off;
        take(step);
        Set<Integer> sent = new TreeSet<>();
        for (Report report : transport.reports.subList(before, transport.reports.size())) {
            sent.add(number(report));
            checkFields(report);
        }
        assertThat(sent.isEmpty() || maySend())
                .as("sent without consent by " + step)
                .isTrue();
        assertThat(waiting).as("sent by " + step).containsAll(sent);
        waiting.removeAll(sent);
        remembered.addAll(sent);
        assertThat(numbers(pending())).as("waiting after " + step).isEqualTo(waiting);
        assertThat(remembered).as("in the journal after " + step).containsAll(numbers(journal()));
        checkErasures(step, erasedBefore, wasOff && off);
    }

    private void checkErasures(Step step, int before, boolean switchedOff) {
        Set<Integer> erased = new TreeSet<>();
        for (Erasure erasure : transport.erased) {
            erased.add(numberOf(erasure));
        }
        assertThat(forgettable).as("erased by " + step).containsAll(erased);
        assertThat(switchedOff && transport.erased.size() > before)
                .as("asked for erasure while switched off by " + step)
                .isFalse();
        if (wished && !off) {
            assertThat(erased).as("erased after " + step).containsAll(forgettable);
            wished = false;
        }
    }

    private void checkFields(Report report) {
        List<String> keys = report.notes().stream().map(Note::key).toList();
        assertThat(withExtra.contains(number(report))).isEqualTo(keys.contains("extra"));
        for (Note note : report.notes()) {
            if (note.key().equals("user")) {
                assertThat(epochs.computeIfAbsent(note.value(), user -> epoch)).isEqualTo(epoch);
            }
        }
    }

    private boolean maySend() {
        return consented() && !off;
    }

    private boolean consented() {
        return decision == Decision.YES && recipient.equals(agreedRecipient);
    }

    private boolean undecided() {
        return decision == Decision.NONE || (decision == Decision.YES && !consented());
    }

    private void take(Step step) throws IOException {
        switch (step) {
            case RUN, RUN_AGAIN -> run();
            case RUN_WITHOUT_CLOSING -> open().note("number", 0);
            case ENABLE -> enable(Backlog.SEND);
            case ENABLE_AND_DISCARD -> enable(Backlog.DISCARD);
            case DISABLE -> disable();
            case FORGET -> forget();
            case DELIVER -> deliver();
            case SWITCH_OFF -> off = true;
            case SWITCH_ON -> switchOn();
            case CHANGE_VERSION -> later = !later;
            case CHANGE_RECIPIENT -> recipient = recipient.equals(HERE) ? THERE : HERE;
            case BREAK_THE_DECISION -> breakTheDecision("decision:ENAB");
            case CRASH_WHILE_WITHDRAWING -> crashWhileWithdrawing();
            case CRASH_WHILE_FORGETTING -> crashWhileForgetting();
        }
    }

    private void run() {
        runs++;
        Fate fate;
        boolean records = !off && (undecided() || consented());
        if (records && later && (undecided() || laterAgreed)) {
            withExtra.add(runs);
        }
        try (UsageStats stats = open()) {
            fate = stats.submit(note("number", runs), note("extra", 1)).fate();
        }
        assertThat(fate == Fate.SPOOLED).isEqualTo(records);
        if (records) {
            waiting.add(runs);
        }
        while (undecided() && records && waiting.size() > 20) {
            waiting.remove(waiting.iterator().next());
        }
    }

    private void enable(Backlog backlog) {
        boolean agreesToMore = !off && consented() && later && !laterAgreed;
        try (UsageStats stats = open()) {
            stats.enableReporting(backlog);
        }
        if (off || (consented() && !agreesToMore)) {
            return;
        }
        if (backlog == Backlog.DISCARD || !(undecided() || agreesToMore)) {
            waiting.clear();
        }
        if (!later) {
            waiting.removeAll(withExtra);
        }
        epoch += agreesToMore ? 0 : 1;
        decision = Decision.YES;
        laterAgreed = later;
        agreedRecipient = recipient;
    }

    private void disable() {
        try (UsageStats stats = open()) {
            stats.disableReporting();
        }
        waiting.clear();
        remembered.clear();
        decision = Decision.NO;
    }

    private void forget() {
        forgettable.addAll(allSent());
        wished |= !allSent().isEmpty();
        try (UsageStats stats = open()) {
            stats.forget();
        }
        waiting.clear();
        remembered.clear();
        epoch++;
    }

    /** A crash between the note of the wish and its being taken up. */
    private void crashWhileForgetting() throws IOException {
        Path wish = directory.resolve("stats/forget");
        if (!off && !Files.exists(wish) && Files.exists(directory.resolve("stats/erasable"))) {
            Files.createFile(wish);
            forgettable.addAll(allSent());
            wished = true;
            waiting.clear();
            remembered.clear();
            epoch++;
            open().close();
        }
    }

    private void deliver() {
        try (UsageStats stats = open()) {
            stats.deliver(Duration.ofSeconds(20));
        }
    }

    private void breakTheDecision(String text) throws IOException {
        if (decision != Decision.NONE) {
            Files.writeString(directory.resolve("stats/consent"), text);
            decision = Decision.BROKEN;
        }
    }

    /** What a crash left while the switch was off is made good as soon as it is on. */
    private void switchOn() {
        off = false;
        if (decision == Decision.NO) {
            waiting.clear();
        }
        open().close();
    }

    private void crashWhileWithdrawing() throws IOException {
        if (decision != Decision.NONE) {
            Files.writeString(directory.resolve("stats/consent"), "decision:DISABLED_CLEANING\n");
            decision = Decision.NO;
            if (!off) {
                open().close();
                waiting.clear();
                remembered.clear();
            }
        }
    }

    private UsageStats open() {
        UsageStatsClient.Builder builder = UsageStatsClient.builder("model", later ? "2" : "1")
                .dropPoint(recipient)
                .location(directory.resolve("stats"))
                .transport(transport)
                .uniqueUserId()
                .collects("number", "to know the report again")
                .uploads(UploadSchedule.everySubmit())
                .waitAtClose(Duration.ofSeconds(20))
                .environment(off ? Map.of("DO_NOT_TRACK", "1") : Map.of());
        return (later ? builder.collects("extra", "to see whether it waits") : builder).open();
    }

    private List<Report> pending() {
        try (UsageStats stats = open()) {
            return stats.pending();
        }
    }

    private List<Report> journal() {
        try (UsageStats stats = open()) {
            return stats.journal();
        }
    }

    private Set<Integer> allSent() {
        return numbers(new ArrayList<>(transport.reports));
    }

    private int numberOf(Erasure erasure) {
        return transport.reports.stream()
                .filter(report -> report.id().equals(erasure.id()))
                .filter(report -> report.eraseHash().orElseThrow().equals(erasure.hash()))
                .map(ConsentModelProperties::number)
                .findFirst()
                .orElseThrow();
    }

    private static Set<Integer> numbers(List<Report> reports) {
        Set<Integer> numbers = new TreeSet<>();
        for (Report report : reports) {
            numbers.add(number(report));
        }
        return numbers;
    }

    private static int number(Report report) {
        return Integer.parseInt(report.text().replaceAll("(?s).*\nnumber:(\\d+)\n.*", "$1"));
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Arbitraries.of(Step.class).list().ofMinSize(1).ofMaxSize(30);
    }
}
