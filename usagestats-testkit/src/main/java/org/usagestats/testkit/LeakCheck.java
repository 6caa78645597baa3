package org.usagestats.testkit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.usagestats.testkit.Leak.Respect;

/**
 * Checks that nothing leaks out of a program whose user did not consent: it starts the program in every
 * {@link CheckedState} and watches it from outside.
 *
 * <p>In a test of the program's author, as a method annotated with {@code @TestFactory}:
 *
 * <pre>{@code
 * Stream<DynamicTest> nothingLeaksWithoutConsent() {
 *     return LeakCheck.of(CheckedProgram.command("bin/cool-program").build()).tests();
 * }
 * }</pre>
 *
 * <p>It sees connections, look-ups of names, processes that the program's Java starts, and files, by {@code strace}. Where
 * that is missing it sees less, and the verdicts say so. What the program prints on standard output, and its exit status,
 * are compared with a run under {@code DO_NOT_TRACK=1}. Each run has a home, a working directory and a temporary location
 * of its own. Safe for use by one thread.
 */
public final class LeakCheck {

    private final CheckedProgram program;
    private @Nullable Watcher watcher;
    private @Nullable Observation reference;

    private LeakCheck(CheckedProgram program, @Nullable Watcher watcher) {
        this.program = program;
        this.watcher = watcher;
    }

    /**
     * Makes the check of a program; starts nothing yet.
     *
     * @param program the program
     * @return its check
     */
    public static LeakCheck of(CheckedProgram program) {
        return new LeakCheck(program, null);
    }

    static LeakCheck of(CheckedProgram program, Watcher watcher) {
        return new LeakCheck(program, watcher);
    }

    /**
     * Checks the program in one state, for which it is started two or three times.
     *
     * @param state the state
     * @return the verdict
     * @throws IOException if the program cannot be started, or the disk fails
     * @throws InterruptedException if the thread is interrupted
     * @throws IllegalStateException if the program fails when it is told a decision, or does not end under
     *     {@code DO_NOT_TRACK=1}
     */
    public Verdict verdict(CheckedState state) throws IOException, InterruptedException {
        Optional<String> obstacle = Stage.obstacle(program, state);
        if (obstacle.isPresent()) {
            return notChecked(state, obstacle.get());
        }
        try {
            return judged(state, watch(state), reference().end());
        } catch (Stage.UnknownLocation unknown) {
            return notChecked(state, String.valueOf(unknown.getMessage()));
        }
    }

    /**
     * The check as JUnit tests, one for each state. A test fails if there is a leak, and is skipped, with the reason, if
     * there is none but not all could be checked.
     *
     * @return the tests, for a method with {@code @TestFactory}
     */
    public Stream<DynamicTest> tests() {
        return Stream.of(CheckedState.values())
                .map(state -> DynamicTest.dynamicTest(state.title(), () -> demandClean(verdict(state))));
    }

    private static void demandClean(Verdict verdict) {
        if (!verdict.leaks().isEmpty()) {
            throw new AssertionError(verdict.text());
        }
        Assumptions.assumeTrue(verdict.notChecked().isEmpty(), verdict::text);
    }

    private static Verdict notChecked(CheckedState state, String reason) {
        return new Verdict(state, List.of(), List.of("this state: " + reason));
    }

    private Verdict judged(CheckedState state, Observation seen, Observation.End usual) {
        List<Leak> leaks = new ArrayList<>(seen.leaks());
        leaks.addAll(differences(usual, seen.end()));
        if (state == CheckedState.CONTINUOUS_INTEGRATION && !seen.end().errors().equals(usual.errors())) {
            leaks.add(new Leak(Respect.PROMPT, "printed " + seen.end().errors()));
        }
        return new Verdict(state, leaks, seen.notChecked());
    }

    private List<Leak> differences(Observation.End usual, Observation.End end) {
        List<Leak> leaks = new ArrayList<>();
        if (!end.output().equals(usual.output())) {
            leaks.add(new Leak(Respect.STANDARD_OUTPUT, "printed " + end.output() + " in place of " + usual.output()));
        }
        if (!end.inTime()) {
            leaks.add(new Leak(Respect.END, "still ran after " + program.limit.toSeconds() + " s"));
        } else if (end.status() != usual.status()) {
            leaks.add(new Leak(Respect.EXIT_STATUS, end.status() + " in place of " + usual.status()));
        }
        return leaks;
    }

    /** A run with usage statistics switched off, which tells what the program does anyway. */
    private Observation reference() throws IOException, InterruptedException {
        if (reference == null) {
            Observation seen = watch(CheckedState.DO_NOT_TRACK);
            if (!seen.end().inTime()) {
                throw new IllegalStateException("the program does not end within " + program.limit.toSeconds()
                        + " s under DO_NOT_TRACK=1, so it cannot be checked");
            }
            reference = seen;
        }
        return reference;
    }

    private Observation watch(CheckedState state) throws IOException, InterruptedException {
        if (watcher == null) {
            watcher = Watcher.best();
        }
        try (Stage stage = Stage.of(program, state)) {
            return watcher.watch(stage, program, state);
        }
    }
}
