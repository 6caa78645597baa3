package org.usagestats.core;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usagestats.api.Backlog;
import org.usagestats.api.Consent;
import org.usagestats.api.Declaration;
import org.usagestats.api.Drained;
import org.usagestats.api.Field;
import org.usagestats.api.Forgotten;
import org.usagestats.api.Note;
import org.usagestats.api.Part;
import org.usagestats.api.Recorder;
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

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

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
    private volatile boolean closed;

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
        prepareIfDue();
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
            if (consent.enableable()) {
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
        return consents.reread();
    }

    @Override
    public Consent enableReporting(Backlog backlog) {
        return closed ? consent() : consents.enable(backlog);
    }

    @Override
    public Consent disableReporting() {
        return closed ? consent() : consents.disable();
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
            takeUpIfFree(erasures);
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

    /** Takes up the wish here and now, unless somebody drains, who will before the next report. */
    private void takeUpIfFree(Erasures erasures) throws IOException {
        DrainLock lock = erasures.isWished() ? DrainLock.tryTake(spool) : null;
        if (lock != null) {
            try (lock) {
                erasures.takeUp(consents);
            }
        }
    }

    @Override
    public Drained deliver(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        Drained drained = null;
        while (drained == null && !closed) {
            drained = new Drain(spool, consents, source()).run(Duration.ofNanos(deadline - System.nanoTime()));
            if (drained == null && !pause(deadline)) {
                break;
            }
        }
        return drained != null ? drained : new Drained(0, 0, spool.names().size(), "Another delivery is under way.");
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
        Dispatch started;
        synchronized (this) {
            closed = true;
            started = dispatch;
            dispatch = null;
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
        return taken;
    }

    private void startIfDue(long now, int waiting) {
        if (settings.schedule.isDue(DrainState.read(spool), now, waiting)) {
            startDispatch();
        }
    }

    private synchronized void startDispatch() {
        if (closed) {
            return;
        }
        if (dispatch == null) {
            dispatch = newDispatch();
        }
        try {
            dispatch.start();
        } catch (OutOfMemoryError noThread) {
            DebugLog.say("the drain could not be started: " + noThread);
        }
    }

    private Dispatch newDispatch() {
        return settings.handsOff() ? newDetached() : new InProcessDispatch(spool, consents, source());
    }

    private DetachedDispatch newDetached() {
        TransportSource source = source();
        return new DetachedDispatch(spool, settings, source, new InProcessDispatch(spool, consents, source));
    }

    /** Gives the hand-off a head start if the next report will be handed off. */
    private void prepareIfDue() {
        if (settings.handsOff()
                && consents.consent().sending()
                && settings.schedule.isDue(DrainState.read(spool), System.currentTimeMillis(), 1)) {
            new HeadStart(this).begin();
        }
    }

    /** Has a dispatch ready for the report to come, unless one was needed before that. */
    void prepare() throws IOException {
        DetachedDispatch made = newDetached();
        synchronized (this) {
            if (closed || dispatch != null) {
                return;
            }
            dispatch = made;
        }
        made.prepare();
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

    private static boolean pause(long deadline) {
        if (deadline - System.nanoTime() <= 0) {
            return false;
        }
        try {
            Thread.sleep(LOOK_AGAIN.toMillis());
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Submission discarded(String reason) {
        return new Submission(Fate.DISCARDED, reason);
    }
}
