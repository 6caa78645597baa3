package org.usagestats.testkit;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.usagestats.api.Backlog;
import org.usagestats.api.Consent;
import org.usagestats.api.Consent.State;
import org.usagestats.api.Declaration;
import org.usagestats.api.DeliveryState;
import org.usagestats.api.Drained;
import org.usagestats.api.Field;
import org.usagestats.api.Forgotten;
import org.usagestats.api.Note;
import org.usagestats.api.Part;
import org.usagestats.api.Recorder;
import org.usagestats.api.Repetition;
import org.usagestats.api.Report;
import org.usagestats.api.Submission;
import org.usagestats.api.Submission.Fate;
import org.usagestats.api.TextFormat;
import org.usagestats.api.UsageStats;

/**
 * Usage statistics that only remember, for the unit tests of a program or a library: which notes were taken, what was
 * submitted, and what was decided. It touches neither disk nor network, and needs no test library.
 *
 * <pre>{@code
 * RecordingUsageStats stats = new RecordingUsageStats();
 * new CoolProgram(stats).run("hello");
 * assertEquals(List.of(new Note("word", "hello")), stats.submissions().get(0).notes());
 * }</pre>
 *
 * <p>Consent begins as {@code UNSET} and follows the calls; {@link #in} begins elsewhere. What a recorder refuses, such as
 * a note with an ill-formed key, is not seen here either. Safe for use by many threads.
 */
@SuppressWarnings("exports") // The null annotations are for compilers that know them; nobody needs their module.
public final class RecordingUsageStats implements UsageStats {

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    private final List<Note> draft = new ArrayList<>();
    private final List<Submitted> submissions = new ArrayList<>();
    private final List<Decision> decisions = new ArrayList<>();
    private State state = State.UNSET;
    private final List<Field> fields = new ArrayList<>();
    private int deliveries;
    private int waiting;
    private int forgottenUpTo;
    private boolean closed;
    private final List<Repeated> repetitions = new ArrayList<>();
    private Optional<Instant> lastAttempt = Optional.empty();
    private Part @Nullable [] atExit;

    private final class Repeated implements Repetition {

        private final Duration interval;
        private final Supplier<? extends List<? extends Part>> parts;

        private Repeated(Duration interval, Supplier<? extends List<? extends Part>> parts) {
            this.interval = interval;
            this.parts = parts;
        }

        @Override
        public void close() {
            synchronized (RecordingUsageStats.this) {
                repetitions.remove(this);
            }
        }
    }

    /**
     * A submit as the program called it.
     *
     * @param notes what was noted before, in its order
     * @param parts what the call itself added: notes and flags
     * @param fate what became of it in the state of that moment
     */
    public record Submitted(List<Note> notes, List<Part> parts, Fate fate) {

        /** Copies the lists. */
        public Submitted {
            notes = List.copyOf(notes);
            parts = List.copyOf(parts);
        }
    }

    /** A decision that the program carried out for its user. */
    public enum Decision {
        /** Yes, and what waited is sent. */
        ENABLE_AND_SEND,
        /** Yes, and what waited is deleted. */
        ENABLE_AND_DISCARD,
        /** No. */
        DISABLE,
        /** What was sent is to be erased. */
        FORGET
    }

    /** Makes usage statistics about which nobody decided. */
    public RecordingUsageStats() {}

    /**
     * Makes usage statistics that stand in a state, such as {@code DISABLED_BY_ENVIRONMENT}, to see what a program then
     * tells its user.
     *
     * @param state the state
     * @return usage statistics in that state
     */
    public static RecordingUsageStats in(State state) {
        RecordingUsageStats stats = new RecordingUsageStats();
        stats.state = state;
        return stats;
    }

    /**
     * The notes taken since the last submit.
     *
     * @return the notes in their order; a copy
     */
    public synchronized List<Note> notes() {
        return List.copyOf(draft);
    }

    /**
     * The submits so far, whatever became of them.
     *
     * @return the submits in their order; a copy
     */
    public synchronized List<Submitted> submissions() {
        return List.copyOf(submissions);
    }

    /**
     * The decisions that the program carried out, whether or not they took effect.
     *
     * @return the decisions in their order; a copy
     */
    public synchronized List<Decision> decisions() {
        return List.copyOf(decisions);
    }

    /**
     * How often {@link #deliver} was called.
     *
     * @return the number of calls
     */
    public synchronized int deliveries() {
        return deliveries;
    }

    /**
     * The intervals of the repetitions that the program asked for and did not stop.
     *
     * @return the intervals, in the order in which they were asked for; a copy
     */
    public synchronized List<Duration> repetitions() {
        return repetitions.stream().map(repeated -> repeated.interval).toList();
    }

    /**
     * Lets the time of every repetition come: its supplier is asked, on this thread, and what it gives is submitted; without
     * consent none is. Time alone makes no report here.
     */
    public void repeat() {
        for (Repeated repeated : wanted()) {
            submit(repeated.parts.get().toArray(Part[]::new));
        }
    }

    private synchronized List<Repeated> wanted() {
        return consent().sending() ? List.copyOf(repetitions) : List.of();
    }

    /**
     * Whether the program closed its usage statistics, as it should at its end.
     *
     * @return true after {@link #close}
     */
    public synchronized boolean closed() {
        return closed;
    }

    @Override
    public synchronized void note(@Nullable String key, @Nullable Object value) {
        Note note = Note.note(key, value);
        if (!closed && isAccepted(note)) {
            draft.add(note);
        }
    }

    @Override
    public void note(@Nullable Map<String, ?> notes) {
        if (notes != null) {
            notes.forEach(this::note);
        }
    }

    @Override
    public synchronized Submission submit(Part... parts) {
        Consent consent = consent();
        Fate fate = !closed && consent.recording() ? Fate.SPOOLED : Fate.DISCARDED;
        submissions.add(new Submitted(draft, accepted(parts), fate));
        waiting += fate == Fate.SPOOLED ? 1 : 0;
        draft.clear();
        return new Submission(fate, consent.reason());
    }

    @Override
    public synchronized Consent consent() {
        return new Consent(state, "These usage statistics are a test's; their state is " + state + ".");
    }

    @Override
    public synchronized Consent enableReporting(Backlog backlog) {
        decisions.add(backlog == Backlog.SEND ? Decision.ENABLE_AND_SEND : Decision.ENABLE_AND_DISCARD);
        if (consent().enableable()) {
            state = State.ENABLED;
            waiting = backlog == Backlog.SEND ? waiting : 0;
        }
        return consent();
    }

    @Override
    public synchronized Consent disableReporting() {
        decisions.add(Decision.DISABLE);
        if (consent().disableable() && state != State.DISABLED_BY_ENVIRONMENT) {
            state = State.DISABLED;
            waiting = 0;
        }
        return consent();
    }

    /** The spooled reports that no delivery or decision took, with the notes alone: flags are not asked. */
    @Override
    public synchronized List<Report> pending() {
        List<Report> spooled = spooled();
        return List.copyOf(spooled.subList(spooled.size() - waiting, spooled.size()));
    }

    /** The reports that are spooled no more and not forgotten, with the notes alone. */
    @Override
    public synchronized List<Report> journal() {
        List<Report> spooled = spooled();
        int end = spooled.size() - waiting;
        return List.copyOf(spooled.subList(Math.min(forgottenUpTo, end), end));
    }

    /** A declaration of the fields that libraries were given recorders with. */
    @Override
    public synchronized Declaration declared() {
        return new Declaration(
                "test", URI.create("https://localhost/"), "never", fields, List.of("it is off"), List.of("nothing"));
    }

    @Override
    public synchronized Forgotten forget() {
        decisions.add(Decision.FORGET);
        int asked = journal().size();
        waiting = 0;
        forgottenUpTo = spooled().size();
        return new Forgotten(asked, "These usage statistics are a test's; nothing was ever sent.");
    }

    /** A recorder whose notes and submits are seen here under the library's name. */
    @Override
    public synchronized Recorder library(String name, String version, Field... declared) {
        for (Field field : declared) {
            fields.add(new Field(name + "." + field.key(), field.purpose()));
        }
        return new LibraryNotes(this, name + ".");
    }

    @Override
    public synchronized Drained deliver(Duration limit) {
        deliveries++;
        if (!consent().sending()) {
            return new Drained(0, 0, waiting, consent().reason());
        }
        lastAttempt = Optional.of(Instant.now());
        Drained drained = new Drained(waiting, 0, 0, "All was delivered.");
        waiting = 0;
        return drained;
    }

    /** The last call of {@link #deliver} with consent; nothing is ever due by itself, and nothing dropped. */
    @Override
    public synchronized DeliveryState delivery() {
        String answer = lastAttempt.isPresent() ? "All was delivered." : "Nothing was delivered yet.";
        return new DeliveryState(lastAttempt, answer, Optional.empty(), waiting, 0);
    }

    /** Remembers what is to be submitted, for {@link #repeat} to do it. */
    @Override
    public synchronized Repetition submitEvery(Duration interval, Supplier<? extends List<? extends Part>> parts) {
        if (interval.compareTo(Duration.ofMinutes(1)) < 0 || interval.compareTo(Duration.ofDays(366)) > 0) {
            throw new IllegalArgumentException(
                    "reports are repeated at an interval from a minute to 366 days, not " + interval);
        }
        Repeated repeated = new Repeated(interval, parts);
        if (!closed) {
            repetitions.add(repeated);
        }
        return repeated;
    }

    /** Has {@link #close} submit what is left; an exit without it is not seen here. */
    @Override
    public synchronized void submitAtExit(Part... parts) {
        atExit = parts.clone();
    }

    @Override
    public void verify() {}

    @Override
    public synchronized void close() {
        boolean leaves = submissions.isEmpty() || !draft.isEmpty();
        if (!closed && atExit != null && leaves && consent().recording()) {
            submit(atExit);
        }
        closed = true;
        repetitions.clear();
    }

    private List<Report> spooled() {
        List<Report> spooled = new ArrayList<>();
        for (Submitted submitted : submissions) {
            if (submitted.fate() == Fate.SPOOLED) {
                spooled.add(report(submitted));
            }
        }
        return spooled;
    }

    private static List<Part> accepted(Part... parts) {
        return Stream.of(parts)
                .filter(part -> !(part instanceof Note note) || isAccepted(note))
                .toList();
    }

    private static boolean isAccepted(Note note) {
        return KEY.matcher(note.key()).matches();
    }

    private static Report report(Submitted submitted) {
        List<Note> notes = new ArrayList<>(submitted.notes());
        for (Part part : submitted.parts()) {
            if (part instanceof Note note) {
                notes.add(note);
            }
        }
        return Report.of(UUID.randomUUID(), TextFormat.encode(notes));
    }
}
