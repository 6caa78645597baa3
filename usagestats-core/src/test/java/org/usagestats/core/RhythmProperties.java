package org.usagestats.core;

import static net.jqwik.api.RandomDistribution.uniform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.usagestats.api.Note.note;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;
import org.usagestats.api.Part;
import org.usagestats.api.Repetition;
import org.usagestats.api.UsageStats;
import org.usagestats.spi.Delivery;
import org.usagestats.spi.Delivery.Answer;

/** Whatever becomes of the clock, the machine, the program and the consent, reports come neither too often nor too seldom. */
class RhythmProperties {

    /** What can happen from one moment to the next. */
    enum Happening {
        TIME_PASSES,
        THE_MACHINE_SLEEPS,
        THE_CLOCK_IS_SET,
        THE_CLOCK_IS_SET_TO_ANOTHER_CENTURY,
        THE_PROGRAM_RESTARTS,
        THE_REPETITION_IS_STOPPED,
        IT_IS_ASKED_FOR_AGAIN,
        THE_USER_SAYS_YES,
        THE_USER_SAYS_NO,
        ANOTHER_PROCESS_IS_TOLD_YES,
        ANOTHER_PROCESS_IS_TOLD_NO,
        THE_PROGRAM_LOOKS_AT_THE_CONSENT,
        THE_ENVIRONMENT_SAYS_OFF,
        THE_ENVIRONMENT_SAYS_NOTHING
    }

    /**
     * Something that happens.
     *
     * @param what what
     * @param minutes for how long, or how far the clock is set ahead
     */
    record Event(Happening what, int minutes) {}

    private static final Duration INTERVAL = Duration.ofMinutes(20);
    private static final long LONGEST_DELAY_MILLIS = INTERVAL.toMillis() / 4;

    private final Map<String, String> environment = new HashMap<>();
    private final ScriptedTransport transport = new ScriptedTransport();
    private Path directory;
    private FakeTime time;
    private UsageStats stats;
    private @Nullable Repetition repetition;

    /** How far the clock was set ahead in all: without that, the time of day is the real time. */
    private long setAhead;

    /** When the last report was made, by the real time, and whether the next one may come too early. */
    private long lastReport;

    private boolean excused;

    /** Since when, by the steady clock, no report was made though the program was there with consent. */
    private long quietSince;

    private boolean decided;
    private boolean off;

    /** Whether reports are due to come, since the program knows of the consent. */
    private boolean running;

    private volatile @Nullable String wrong;

    @Property(tries = 150, shrinking = ShrinkingMode.BOUNDED)
    void reportsComeOnceAnInterval(@ForAll("events") List<Event> events) throws IOException {
        check(events);
    }

    @Property(tries = 5000, shrinking = ShrinkingMode.BOUNDED)
    void thoroughlyReportsComeOnceAnInterval(@ForAll("events") List<Event> events) throws IOException {
        if (Boolean.getBoolean("usagestats.thorough")) {
            check(events);
        }
    }

    private void check(List<Event> events) throws IOException {
        directory = Files.createTempDirectory("rhythm");
        transport.answers = text -> Delivery.of(Answer.RETRY_LATER, Duration.ofDays(1), "not now");
        environment.clear();
        time = new FakeTime(1_800_000_000_000L);
        setAhead = 0;
        lastReport = 0;
        excused = false;
        decided = false;
        off = false;
        wrong = null;
        start();
        try {
            for (Event event : events) {
                check(event);
            }
        } finally {
            stats.close();
            delete(directory);
        }
    }

    private void check(Event event) {
        happen(event);
        time.settle();
        assertThat(wrong).as("after " + event).isNull();
        assertThat(time.hasThread()).as("a thread after " + event).isIn(running, mayRun());
        if (running) {
            assertThat(time.steadyMillis() - quietSince)
                    .as("silence after " + event)
                    .isLessThanOrEqualTo(INTERVAL.toMillis() + LONGEST_DELAY_MILLIS);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Collections.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }

    private void happen(Event event) {
        Duration minutes = Duration.ofMinutes(event.minutes());
        switch (event.what()) {
            case TIME_PASSES -> time.pass(minutes.abs());
            case THE_MACHINE_SLEEPS -> time.moveWall(minutes.abs());
            case THE_CLOCK_IS_SET -> setClock(minutes);
            case THE_CLOCK_IS_SET_TO_ANOTHER_CENTURY ->
                setClock(Duration.ofDays(event.minutes() < 0 ? -20_833 : 25_000));
            case THE_PROGRAM_RESTARTS -> restart();
            case THE_REPETITION_IS_STOPPED -> stop();
            case IT_IS_ASKED_FOR_AGAIN -> askAgain();
            case THE_USER_SAYS_YES -> enable(stats);
            case THE_USER_SAYS_NO -> disable(stats);
            case ANOTHER_PROCESS_IS_TOLD_YES -> inAnotherProcess(this::enable);
            case ANOTHER_PROCESS_IS_TOLD_NO -> inAnotherProcess(this::disable);
            case THE_PROGRAM_LOOKS_AT_THE_CONSENT -> look();
            case THE_ENVIRONMENT_SAYS_OFF -> switchOff();
            case THE_ENVIRONMENT_SAYS_NOTHING -> switchOn();
        }
    }

    private void setClock(Duration by) {
        setAhead += by.toMillis();
        excused = true;
        time.moveWall(by);
    }

    private void start() {
        stats = builder().time(time).open();
        repetition = null;
        running = false;
        askAgain();
    }

    private void restart() {
        stats.close();
        assertThat(time.hasThread()).as("a thread after close()").isFalse();
        start();
    }

    private void stop() {
        if (repetition != null) {
            repetition.close();
        }
        repetition = null;
        running = false;
    }

    private void askAgain() {
        if (repetition == null) {
            repetition = stats.submitEvery(INTERVAL, this::report);
        }
        look();
    }

    private void look() {
        stats.consent();
        if (mayRun() && !running) {
            running = true;
            quietSince = time.steadyMillis();
        }
    }

    private boolean mayRun() {
        return repetition != null && decided && !off;
    }

    private void enable(UsageStats where) {
        decided |= !off;
        where.enableReporting();
        if (where.equals(stats)) {
            look();
        }
    }

    private void disable(UsageStats where) {
        decided = false;
        running = false;
        excused = true;
        where.disableReporting();
    }

    private void inAnotherProcess(Consumer<UsageStats> decision) {
        try (UsageStats other = builder().open()) {
            decision.accept(other);
        }
    }

    private void switchOff() {
        off = true;
        running = false;
        environment.put("DO_NOT_TRACK", "1");
    }

    private void switchOn() {
        off = false;
        environment.remove("DO_NOT_TRACK");
    }

    /** Asked by the thread; what is wrong is told to the test by a field, since what a supplier throws is not told. */
    private List<Part> report() {
        long now = time.wallMillis() - setAhead;
        if (!mayRun()) {
            wrong = "a report was made without consent";
        } else if (now - lastReport < INTERVAL.toMillis() && !excused) {
            wrong = "a report was made " + Duration.ofMillis(now - lastReport) + " after the one before";
        }
        lastReport = now;
        excused = false;
        quietSince = time.steadyMillis();
        return List.of(note("n", 1));
    }

    private UsageStatsClient.Builder builder() {
        return UsageStatsClient.builder("rhythm", "1")
                .dropPoint(URI.create("https://localhost/"))
                .location(directory.resolve("stats"))
                .transport(transport)
                .waitAtClose(Duration.ofSeconds(20))
                .environment(environment);
    }

    @Provide
    Arbitrary<List<Event>> events() {
        Arbitrary<Happening> happenings = Arbitraries.frequency(
                Tuple.of(12, Happening.TIME_PASSES),
                Tuple.of(3, Happening.THE_MACHINE_SLEEPS),
                Tuple.of(3, Happening.THE_CLOCK_IS_SET),
                Tuple.of(1, Happening.THE_CLOCK_IS_SET_TO_ANOTHER_CENTURY),
                Tuple.of(3, Happening.THE_PROGRAM_RESTARTS),
                Tuple.of(1, Happening.THE_REPETITION_IS_STOPPED),
                Tuple.of(2, Happening.IT_IS_ASKED_FOR_AGAIN),
                Tuple.of(3, Happening.THE_USER_SAYS_YES),
                Tuple.of(1, Happening.THE_USER_SAYS_NO),
                Tuple.of(1, Happening.ANOTHER_PROCESS_IS_TOLD_YES),
                Tuple.of(1, Happening.ANOTHER_PROCESS_IS_TOLD_NO),
                Tuple.of(2, Happening.THE_PROGRAM_LOOKS_AT_THE_CONSENT),
                Tuple.of(1, Happening.THE_ENVIRONMENT_SAYS_OFF),
                Tuple.of(2, Happening.THE_ENVIRONMENT_SAYS_NOTHING));
        Arbitrary<Integer> minutes = Arbitraries.integers().between(-60, 60).withDistribution(uniform());
        return Combinators.combine(happenings, minutes)
                .as(Event::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(80);
    }
}
