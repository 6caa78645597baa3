package org.usagestats.core;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usagestats.api.Backlog;
import org.usagestats.api.Consent;
import org.usagestats.api.Drained;
import org.usagestats.api.Note;
import org.usagestats.api.Part;
import org.usagestats.api.Report;
import org.usagestats.api.Submission;
import org.usagestats.api.Submission.Fate;
import org.usagestats.api.UsageStats;
import org.usagestats.spi.ConsentStore;

/** The usage statistics of one program in one run. */
final class Client implements UsageStats {

    /** How many reports may wait for a user who has not decided. */
    private static final int LIMIT_UNDECIDED = 20;

    /** How far the times of reports may run ahead of the clock before it must have been set back. */
    private static final long MAX_LEAD_MILLIS = 1000;

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final UsageStatsClient.Builder settings;
    private final Spool spool;
    private final ConsentBook consents;
    private final TransportSource source;
    private final NamedFlags flags;
    private final Composer composer;
    private final Reminder reminder;

    private @Nullable Dispatch dispatch;
    private long lastMoment;
    private Draft draft = new Draft();
    private volatile boolean closed;

    Client(UsageStatsClient.Builder settings) {
        this.settings = settings;
        this.spool = new Spool(settings.directory());
        Policy policy = settings.policy();
        this.source = new TransportSource(settings.transportConfig(), policy, settings.plugins, settings.transport);
        this.consents = new ConsentBook(settings.switches(policy), consentStore(settings, spool), spool);
        this.flags = new NamedFlags(settings.flags, settings.plugins);
        this.composer = new Composer(settings.program, settings.version, flags, settings.allowed);
        this.reminder = new Reminder(settings.prompt, settings.environment, spool);
        consents.consent();
    }

    @Override
    public synchronized void note(@Nullable String key, @Nullable Object value) {
        if (!closed) {
            draft.add(Note.note(key, value));
        }
    }

    @Override
    public synchronized void note(@Nullable Map<String, ?> notes) {
        if (notes == null) {
            draft.refuse();
            return;
        }
        try {
            for (Map.Entry<String, ?> note : notes.entrySet()) {
                note(note.getKey(), note.getValue());
            }
        } catch (RuntimeException changedMeanwhile) {
            draft.refuse();
        }
    }

    @Override
    public Submission submit(Part... parts) {
        Draft submitted = takeDraft();
        Consent consent = consents.consent();
        if (closed || !consent.recording()) {
            return discarded(closed ? "The usage statistics are closed." : consent.reason());
        }
        try {
            composer.add(submitted, parts);
            long now = nextMoment();
            int waiting = store(submitted, now, consent);
            if (consent.sending()) {
                startIfDue(now, waiting);
            } else {
                reminder.show(now);
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
        return closed ? consent() : consents.enable(backlog, settings.identifiesUsers ? Ids.next() : null);
    }

    @Override
    public Consent disableReporting() {
        return closed ? consent() : consents.disable();
    }

    @Override
    public List<Report> pending() {
        List<Report> pending = new ArrayList<>();
        for (SpoolName name : spool.names()) {
            Report report = spool.read(name);
            if (report != null) {
                pending.add(report);
            }
        }
        return pending;
    }

    @Override
    public Drained deliver(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        Drained drained = null;
        while (drained == null && !closed) {
            drained = new Drain(spool, consents, source).run(Duration.ofNanos(deadline - System.nanoTime()));
            if (drained == null && !pause(deadline)) {
                break;
            }
        }
        return drained != null ? drained : new Drained(0, 0, spool.names().size(), "Another delivery is under way.");
    }

    @Override
    public void verify() {
        source.verify();
        flags.verify();
        if (settings.detached) {
            settings.plugins.dispatcher("detached");
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

    /** The time now, a millisecond later for each report of the same one, so that reports keep their order. */
    private synchronized long nextMoment() {
        long now = System.currentTimeMillis();
        boolean clockWentBack = lastMoment - now > MAX_LEAD_MILLIS;
        lastMoment = clockWentBack ? now : Math.max(now, lastMoment + 1);
        return lastMoment;
    }

    private synchronized Draft takeDraft() {
        Draft taken = draft;
        draft = new Draft();
        return taken;
    }

    private int store(Draft submitted, long now, Consent consent) throws IOException {
        if (submitted.refused() > 0) {
            DebugLog.say("notes with an ill-formed key, without a value, or too many: " + submitted.refused());
        }
        byte[] content = composer.content(submitted, now, consents.user(), spool.takeDropped());
        return spool.store(content, now, consent.sending() ? Spool.LIMIT : LIMIT_UNDECIDED);
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
        Dispatch started = dispatch == null ? newDispatch() : dispatch;
        dispatch = started;
        started.start();
    }

    private Dispatch newDispatch() {
        Dispatch inProcess = new InProcessDispatch(spool, consents, source);
        boolean ownParts = settings.transport != null || settings.consentStore != null;
        if (!settings.detached || ownParts) {
            return inProcess;
        }
        return new DetachedDispatch(spool, settings, source, inProcess);
    }

    private static ConsentStore consentStore(UsageStatsClient.Builder settings, Spool spool) {
        if (settings.consentStore != null) {
            return settings.consentStore;
        }
        return settings.consentStoreName == null
                ? new FileConsentStore(spool.directory())
                : settings.plugins
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
