package org.usagestats.core;

import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.usagestats.api.Backlog;
import org.usagestats.api.Consent;
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
import org.usagestats.api.Session;
import org.usagestats.api.Submission;
import org.usagestats.api.Submission.Fate;
import org.usagestats.api.UsageStats;

/**
 * The usage statistics of one program in one run, and that run as a session: it gathers notes, and hands them to the
 * program's installation.
 *
 * <p>The installation is opened at once, unless the user refused and nothing else is asked of it: a class that is loaded
 * costs a short program half a millisecond, and a user who said no shall not pay for what only a yes needs.
 */
final class Client implements UsageStats, Session {

    private static final String CLOSED = "The usage statistics are closed.";

    private final UsageStatsClient.Builder settings;
    private final @Nullable File ownDecision;
    private final long opened = System.nanoTime();

    private @Nullable Installation installation;
    private Draft draft = new Draft();
    private boolean submitted;
    private volatile boolean closed;
    private volatile @Nullable LongRun longRun;

    Client(UsageStatsClient.Builder settings) {
        this.settings = settings;
        this.ownDecision = settings.ownDecision();
        unlessRefused();
    }

    @Override
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - opened);
    }

    @Override
    public void note(@Nullable String key, @Nullable Object value) {
        if (!closed) {
            take(null, List.of(Note.note(key, value)));
        }
    }

    @Override
    public void note(@Nullable Map<String, ?> notes) {
        note("", null, notes);
    }

    /**
     * Takes the notes of a map under keys that begin so; a map that is none, or fails while it is read, counts as one refused
     * note. It is read first, as is what a value says of itself: both are the program's own, and may wait for somebody who
     * notes something.
     */
    void note(String prefix, @Nullable Note version, @Nullable Map<String, ?> notes) {
        List<Note> read = new ArrayList<>();
        try {
            for (Map.Entry<String, ?> note : Objects.requireNonNull(notes).entrySet()) {
                String key = note.getKey();
                read.add(Note.note(key == null ? null : prefix + key, note.getValue()));
            }
        } catch (Throwable broken) {
            read.add(Note.note(null, broken));
        }
        take(version, read);
    }

    /** Takes notes, and before them the version of the library that they are of, if this report does not tell it yet. */
    synchronized void take(@Nullable Note version, List<Note> notes) {
        if (closed) {
            return;
        }
        for (Note note : notes) {
            if (version != null && !draft.has(version.key())) {
                draft.add(version);
            }
            draft.add(note);
        }
    }

    @Override
    public Submission submit(Part... parts) {
        return submit("", parts);
    }

    /** Submits what was noted under keys that begin so. */
    Submission submit(String prefix, Part... parts) {
        Draft submitted = takeDraft(prefix);
        if (closed) {
            return new Submission(Fate.DISCARDED, CLOSED);
        }
        try {
            Installation open = unlessRefused();
            return open == null ? new Submission(Fate.DISCARDED, Refusal.REASON) : open.submit(submitted, parts);
        } catch (Throwable exhausted) {
            // Memory, the stack, or the classes of an application that was taken out of its server.
            return new Submission(Fate.DISCARDED, "The report could not be made: " + exhausted);
        }
    }

    @Override
    public Consent consent() {
        return heed(installation().consents().reread());
    }

    @Override
    public Consent enableReporting(Backlog backlog) {
        return closed ? consent() : heed(installation().enable(backlog));
    }

    @Override
    public Consent disableReporting() {
        return closed ? consent() : heed(installation().consents().disable());
    }

    /** Lets what the program asked to have submitted by itself know where consent stands. */
    private Consent heed(Consent consent) {
        LongRun run = longRun;
        if (run != null) {
            run.heed(consent);
        }
        return consent;
    }

    @Override
    public Repetition submitEvery(Duration interval, Supplier<? extends List<? extends Part>> parts) {
        Repetition added = longRun().repeat(interval, parts);
        heed(installation().consents().consent());
        if (!closed) {
            installation().remind();
        }
        return added;
    }

    @Override
    public void submitAtExit(Part... parts) {
        longRun().lastReport().ask(parts);
        heed(installation().consents().consent());
    }

    private synchronized LongRun longRun() {
        LongRun run = longRun;
        if (run == null) {
            run = new LongRun(this, installation(), settings);
            longRun = run;
            if (closed) {
                run.close();
            }
        }
        return run;
    }

    /** Whether something was noted and never submitted, or nothing submitted at all. */
    synchronized boolean hasUnsubmitted() {
        return !submitted || !draft.notes().isEmpty();
    }

    /** Lets nothing be started any more, and nobody be asked, since the program does not wait for it. */
    void beginExit() {
        installation().beginExit();
    }

    @Override
    public List<Report> pending() {
        return installation().spool().reports();
    }

    @Override
    public List<Report> journal() {
        return installation().spool().journal();
    }

    @Override
    public Declaration declared() {
        return installation().declaration();
    }

    @Override
    public Recorder library(String name, String version, Field... fields) {
        if (closed || !Draft.isKey(name)) {
            return Recorder.none();
        }
        Declared declared = installation().declared();
        declared.add(name, new Field("version", "which versions of the library " + name + " are in use"));
        for (int i = 0; fields != null && i < fields.length; i++) {
            declared.add(name, fields[i]);
        }
        return new LibraryRecorder(this, name, version);
    }

    @Override
    public Forgotten forget() {
        return closed ? new Forgotten(0, CLOSED) : installation().forget();
    }

    @Override
    public Drained deliver(Duration limit) {
        return closed
                ? new Drained(0, 0, pending().size(), CLOSED)
                : installation().deliver(limit, () -> closed);
    }

    @Override
    public DeliveryState delivery() {
        return installation().delivery(consent());
    }

    @Override
    public void verify() {
        installation().verify();
    }

    @Override
    public void close() {
        LongRun run = longRun;
        if (run != null) {
            run.lastReport().submit();
        }
        Installation used;
        synchronized (this) {
            closed = true;
            run = longRun;
            used = installation;
        }
        if (run != null) {
            run.close();
        }
        if (used != null) {
            used.close();
        }
    }

    Prompt prompt() {
        return settings.prompt();
    }

    /** Whether what is declared is all that reports hold. */
    boolean declaresAll() {
        return installation().declared().isInForce();
    }

    /** Whether it is time to ask a user who said yes about what is new; if so, it is noted that this was done now. */
    boolean isTimeToAsk(Consent consent) {
        return installation().isTimeToAsk(consent);
    }

    private synchronized Draft takeDraft(String prefix) {
        if (!prefix.isEmpty()) {
            return draft.take(prefix);
        }
        Draft taken = draft;
        draft = new Draft();
        submitted = true;
        return taken;
    }

    /** The installation, or null if the user's no is all that there is to know about it. */
    private synchronized @Nullable Installation unlessRefused() {
        boolean refused = installation == null && ownDecision != null && Refusal.isIn(ownDecision);
        return refused ? null : installation();
    }

    private synchronized Installation installation() {
        Installation open = installation;
        if (open == null) {
            open = new Installation(settings, this);
            installation = open;
            if (closed) {
                open.close();
            }
        }
        return open;
    }
}
