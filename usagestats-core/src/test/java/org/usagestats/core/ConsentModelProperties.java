package org.usagestats.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usagestats.api.Note.note;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.usagestats.api.Backlog;
import org.usagestats.api.Submission.Fate;
import org.usagestats.api.UsageStats;

/** Runs of a program, decisions and accidents in any order, held against a model that fits on a page. */
class ConsentModelProperties {

    /** What can happen to a program's usage statistics from one run to the next. */
    enum Step {
        RUN,
        RUN_WITHOUT_CLOSING,
        ENABLE,
        ENABLE_AND_DISCARD,
        DISABLE,
        DELIVER,
        SWITCH_OFF,
        SWITCH_ON,
        BREAK_THE_DECISION,
        CRASH_WHILE_WITHDRAWING
    }

    private enum Decision {
        NONE,
        YES,
        NO,
        BROKEN
    }

    private ScriptedTransport transport;
    private Path directory;
    private Decision decision;
    private boolean off;
    private int runs;
    private Set<Integer> waiting;

    @Property(tries = 300, shrinking = ShrinkingMode.BOUNDED)
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
        directory = Files.createTempDirectory("consent-model");
        decision = Decision.NONE;
        off = false;
        waiting = new TreeSet<>();
        try {
            for (Step step : steps) {
                Set<Integer> before = sent();
                boolean maySend = decision == Decision.YES && !off;
                take(step);
                Set<Integer> sentNow = sent();
                sentNow.removeAll(before);
                assertThat(waiting).as("sent by " + step).containsAll(sentNow);
                assertThat(sentNow.isEmpty() || maySend)
                        .as("sent without consent by " + step)
                        .isTrue();
                waiting.removeAll(sentNow);
                assertThat(numbers(pending())).as("waiting after " + step).isEqualTo(waiting);
            }
        } finally {
            delete(directory);
        }
    }

    private void take(Step step) throws IOException {
        switch (step) {
            case RUN -> run();
            case RUN_WITHOUT_CLOSING -> open().note("number", 0);
            case ENABLE -> enable(Backlog.SEND);
            case ENABLE_AND_DISCARD -> enable(Backlog.DISCARD);
            case DISABLE -> disable();
            case DELIVER -> deliver();
            case SWITCH_OFF -> off = true;
            case SWITCH_ON -> switchOn();
            case BREAK_THE_DECISION -> breakTheDecision("decision:ENAB");
            case CRASH_WHILE_WITHDRAWING -> crashWhileWithdrawing();
        }
    }

    private void run() {
        runs++;
        Fate fate;
        try (UsageStats stats = open()) {
            fate = stats.submit(note("number", runs)).fate();
        }
        boolean records = !off && (decision == Decision.NONE || decision == Decision.YES);
        assertThat(fate == Fate.SPOOLED).isEqualTo(records);
        if (records) {
            waiting.add(runs);
        }
        while (decision == Decision.NONE && waiting.size() > 20) {
            waiting.remove(waiting.iterator().next());
        }
    }

    private void enable(Backlog backlog) {
        try (UsageStats stats = open()) {
            stats.enableReporting(backlog);
        }
        if (off || decision == Decision.YES) {
            return;
        }
        if (backlog == Backlog.DISCARD || decision != Decision.NONE) {
            waiting.clear();
        }
        decision = Decision.YES;
    }

    private void disable() {
        try (UsageStats stats = open()) {
            stats.disableReporting();
        }
        waiting.clear();
        decision = Decision.NO;
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
    }

    private void crashWhileWithdrawing() throws IOException {
        if (decision != Decision.NONE) {
            Files.writeString(directory.resolve("stats/consent"), "decision:DISABLED_CLEANING\n");
            decision = Decision.NO;
            if (!off) {
                open().close();
                waiting.clear();
            }
        }
    }

    private UsageStats open() {
        return UsageStatsClient.builder("model", "1")
                .dropPoint(URI.create("https://localhost/"))
                .location(directory.resolve("stats"))
                .transport(transport)
                .waitAtClose(Duration.ofSeconds(20))
                .environment(off ? Map.of("DO_NOT_TRACK", "1") : Map.of())
                .open();
    }

    private List<String> pending() {
        try (UsageStats stats = open()) {
            return stats.pending().stream().map(report -> report.text()).toList();
        }
    }

    private Set<Integer> sent() {
        return numbers(new ArrayList<>(transport.attempts));
    }

    private static Set<Integer> numbers(List<String> reports) {
        Set<Integer> numbers = new TreeSet<>();
        for (String report : reports) {
            numbers.add(Integer.valueOf(report.replaceAll("(?s).*\nnumber:(\\d+)\n.*", "$1")));
        }
        return numbers;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            paths.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException undeletable) {
                    throw new UncheckedIOException(undeletable);
                }
            });
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Arbitraries.of(Step.class).list().ofMinSize(1).ofMaxSize(25);
    }
}
