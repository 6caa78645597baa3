package org.usagestats.core;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
import org.usagestats.spi.ConsentStore;

/** The usage statistics of one program in one run, and that run as a session. */
final class Client implements UsageStats, Session {

    /** How many reports may wait for a user who has not decided. */
    private static final int LIMIT_UNDECIDED = 20;

    /** How far the times of reports may run ahead of the clock before it must have been set back. */
    private static final long MAX_LEAD_MILLIS = 1000;

    private static final String CLOSED = "The usage statistics are closed.";

    private final UsageStatsClient.Builder settings;
    private final Spool spool;
    private final ConsentBook consents;
    private final URI recipient;
    private final Declared declared;
    private final Composer composer;

    private final long opened = System.nanoTime();

    private @Nullable Dispatch dispatch;
    private long lastMoment;
    private Draft draft = new Draft();
    private boolean submitted;
    private volatile boolean closed;
    private volatile boolean exiting;
    private volatile @Nullable LongRun longRun;

    Client(UsageStatsClient.Builder settings) {
        this.settings = settings;
        this.spool = new Spool(settings.directory());
        Policy policy = settings.policy();
        this.recipient = policy.dropPoint(settings.requiredDropPoint());
        this.declared = settings.declared(recipient);
        this.consents = new ConsentBook(settings.switches(policy), consentStore(settings, spool), spool, declared);
        this.composer = new Composer(settings, this, declared, consents);
        if (consents.mayErase() && spool.isForgetting()) {
            startIfDue(System.currentTimeMillis(), Spool.LIMIT);
        }
    }

    @Override
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - opened);
    }

    @Override
    public synchronized void note(@Nullable String key, @Nullable Object value) {
        if (!closed) {
            draft.add(Note.note(key, value));
        }
    }

    /** Takes a library's note, and its version first if this report does not tell it yet. */
    synchronized void note(Note version, Note note) {
        if (!draft.has(version.key())) {
            note(version.key(), version.value());
        }
        note(note.key(), note.value());
    }

    @Override
    public void note(@Nullable Map<String, ?> notes) {
        note(this, notes);
    }

    /** Takes the notes of a map through a recorder; a map that is none, or fails while it is read, counts as one refused note. */
    synchronized void note(Recorder recorder, @Nullable Map<String, ?> notes) {
        if (notes == null) {
            draft.refuse();
            return;
        }
        try {
            for (Map.Entry<String, ?> note : notes.entrySet()) {
                recorder.note(note.getKey(), note.getValue());
            }
        } catch (Throwable broken) {
            draft.refuse();
        }
    }

    @Override
    public Submission submit(Part... parts) {
        return submit("", parts);
    }

    /** Submits what was noted under keys that begin so. */
    Submission submit(String prefix, Part... parts) {
        Draft submitted = takeDraft(prefix);
        Consent consent = consents.consent();
        if (closed || !consent.recording()) {
            return discarded(closed ? CLOSED : consent.reason());
        }
        try {
            composer.add(submitted, parts);
            long now = nextMoment();
            byte[] content = composer.content(submitted, now, spool.takeDropped());
            int waiting = spool.store(content, now, consent.sending() ? Spool.LIMIT : LIMIT_UNDECIDED);
            if (consent.enableable() && !exiting) {
                reminder().show(now, consent, declared);
            }
            if (consent.sending()) {
                startIfDue(now, waiting);
            }
            return new Submission(Fate.SPOOLED, consent.sending() ? "The report will be sent." : consent.reason());
        } catch (IOException | RuntimeException failed) {
            DebugLog.say("a report could not be kept: " + failed);
            return discarded("The report could not be kept: " + failed.getMessage());
        }
    }

    @Override
    public Consent consent() {
        return heed(consents.reread());
    }

    @Override
    public Consent enableReporting(Backlog backlog) {
        return closed ? consent() : heed(consents.enable(backlog));
    }

    @Override
    public Consent disableReporting() {
        return closed ? consent() : heed(consents.disable());
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
        Repetition added = longRun().repetitions().add(interval, parts);
        Consent consent = heed(consents.consent());
        if (!closed && consent.recording() && consent.enableable()) {
            reminder().show(System.currentTimeMillis(), consent, declared);
        }
        return added;
    }

    @Override
    public void submitAtExit(Part... parts) {
        longRun().lastReport().ask(parts);
        heed(consents.consent());
    }

    private synchronized LongRun longRun() {
        LongRun run = longRun;
        if (run == null) {
            run = new LongRun(this, spool, settings);
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
        exiting = true;
    }

    @Override
    public List<Report> pending() {
        return spool.reports();
    }

    @Override
    public List<Report> journal() {
        return spool.journal();
    }

    @Override
    public Declaration declared() {
        return new Disclosure(settings, recipient, declared).declaration();
    }

    @Override
    public Recorder library(String name, String version, Field... fields) {
        if (closed || !Draft.isKey(name)) {
            return Recorder.none();
        }
        declared.add(name, new Field("version", "which versions of the library " + name + " are in use"));
        for (int i = 0; fields != null && i < fields.length; i++) {
            declared.add(name, fields[i]);
        }
        return new LibraryRecorder(this, name, version);
    }

    @Override
    public Forgotten forget() {
        Consent consent = consents.reread();
        if (closed || consent.state() == Consent.State.ERRORED) {
            return new Forgotten(0, closed ? CLOSED : consent.reason());
        }
        try {
            Erasures erasures = new Erasures(spool, recipient);
            int asked = erasures.wish();
            erasures.takeUpIfFree(consents);
            if (asked == 0) {
                return new Forgotten(0, "Nothing was ever sent from here; what waited is deleted.");
            }
            if (!consents.mayErase()) {
                return new Forgotten(asked, consent.reason() + " The collector is asked as soon as they are not.");
            }
            startDispatch();
            return new Forgotten(asked, "The collector is being asked to erase what was sent.");
        } catch (IOException | RuntimeException failed) {
            return new Forgotten(0, "The wish could not be kept: " + failed.getMessage());
        }
    }

    @Override
    public Drained deliver(Duration limit) {
        return new Deliveries(spool).deliver(() -> new Drain(spool, consents, source()), limit, () -> closed);
    }

    @Override
    public DeliveryState delivery() {
        return new Deliveries(spool).state(consent(), settings.schedule);
    }

    @Override
    public void verify() {
        source().verify();
        new NamedFlags(settings.flags, settings.plugins()).verify();
        if (settings.detached) {
            settings.plugins().dispatcher("detached");
        }
    }

    @Override
    public void close() {
        LongRun run = longRun;
        if (run != null) {
            run.lastReport().submit();
        }
        Dispatch started;
        synchronized (this) {
            closed = true;
            run = longRun;
            started = dispatch;
            dispatch = null;
        }
        if (run != null) {
            run.close();
        }
        if (started != null) {
            started.close(settings.waitAtClose);
        }
    }

    /** What most runs do without is made when it is needed: a class that is loaded costs a short program half a millisecond. */
    private TransportSource source() {
        return settings.source(recipient);
    }

    private Reminder reminder() {
        return new Reminder(settings, spool);
    }

    Prompt prompt() {
        return settings.prompt;
    }

    /** Whether what is declared is all that reports hold. */
    boolean declaresAll() {
        return declared.isInForce();
    }

    /** Whether it is time to ask a user who said yes about what is new; if so, it is noted that this was done now. */
    boolean isTimeToAsk(Consent consent) {
        return reminder().isTime(System.currentTimeMillis(), consent);
    }

    /** The time now, a millisecond later for each report of the same one, so that reports keep their order. */
    private synchronized long nextMoment() {
        long now = System.currentTimeMillis();
        boolean clockWentBack = lastMoment - now > MAX_LEAD_MILLIS;
        lastMoment = clockWentBack ? now : Math.max(now, lastMoment + 1);
        return lastMoment;
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

    private void startIfDue(long now, int waiting) {
        if (settings.schedule.isDue(DrainState.read(spool), now, waiting)) {
            startDispatch();
        }
    }

    synchronized void startDispatch() {
        if (closed || exiting) {
            return;
        }
        if (dispatch == null) {
            dispatch = Dispatch.of(settings, spool, consents, source());
        }
        try {
            dispatch.start();
        } catch (OutOfMemoryError noThread) {
            DebugLog.say("the drain could not be started: " + noThread);
        }
    }

    private static ConsentStore consentStore(UsageStatsClient.Builder settings, Spool spool) {
        if (settings.consentStore != null) {
            return settings.consentStore;
        }
        return settings.consentStoreName == null
                ? new FileConsentStore(spool.directory())
                : settings.plugins()
                        .consentStore(settings.consentStoreName)
                        .open(settings.program, spool.directory().path());
    }

    private static Submission discarded(String reason) {
        return new Submission(Fate.DISCARDED, reason);
    }
}
