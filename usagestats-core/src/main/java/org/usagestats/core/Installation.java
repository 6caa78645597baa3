package org.usagestats.core;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.usagestats.api.Backlog;
import org.usagestats.api.Consent;
import org.usagestats.api.Declaration;
import org.usagestats.api.DeliveryState;
import org.usagestats.api.Drained;
import org.usagestats.api.Forgotten;
import org.usagestats.api.Part;
import org.usagestats.api.Session;
import org.usagestats.api.Submission;
import org.usagestats.api.Submission.Fate;
import org.usagestats.spi.ConsentStore;
import org.usagestats.spi.ConsentStoreProvider;

/** What one program keeps for one user of a machine: the decision, the spool, and what drains it. */
final class Installation {

    /** How many reports may wait for a user who has not decided. */
    private static final int LIMIT_UNDECIDED = 20;

    /** How long nothing is due after a look found it so: reading that again and again would slow a busy program. */
    private static final long QUIET_MILLIS = 1000;

    /** How far the times of reports may run ahead of the clock before it must have been set back. */
    private static final long MAX_LEAD_MILLIS = 1000;

    private final UsageStatsClient.Builder settings;
    private final Spool spool;
    private final ConsentBook consents;
    private final URI recipient;
    private final Declared declared;
    private final Composer composer;

    private @Nullable Dispatch dispatch;

    /** When nothing was due at the last look; 0 if that tells nothing of now. */
    private volatile long quietMillis;

    private long lastMoment;
    private boolean closed;
    private volatile boolean exiting;

    Installation(UsageStatsClient.Builder settings, Session session) {
        this.settings = settings;
        this.spool = new Spool(settings.inMemory ? new MemoryDirectory() : settings.directory());
        Policy policy = settings.policy();
        this.recipient = policy.dropPoint(settings.requiredDropPoint());
        this.declared = settings.declared(recipient);
        this.consents = new ConsentBook(settings.switches(policy), consentStore(settings, spool), spool, declared);
        this.composer = new Composer(settings, session, declared, consents);
        if (consents.mayErase() && spool.isForgetting()) {
            startIfDue(System.currentTimeMillis(), Spool.LIMIT);
        }
        prepareIfDue();
    }

    Spool spool() {
        return spool;
    }

    ConsentBook consents() {
        return consents;
    }

    Declared declared() {
        return declared;
    }

    /** Makes a report of a draft and these parts, and keeps it if the user lets it. */
    Submission submit(Draft draft, Part... parts) {
        Consent consent = consents.consent();
        if (!consent.recording()) {
            return discarded(consent.reason());
        }
        try {
            composer.add(draft, parts);
            long now = nextMoment();
            byte[] content = composer.content(draft, now, spool.takeDropped());
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

    Consent enable(Backlog backlog) {
        quietMillis = 0;
        return consents.enable(backlog);
    }

    /** Asks a user who has something to decide, though nothing is submitted now. */
    void remind() {
        Consent consent = consents.consent();
        if (consent.recording() && consent.enableable()) {
            reminder().show(System.currentTimeMillis(), consent, declared);
        }
    }

    /** Lets nothing be started any more, and nobody be asked, since the program does not wait for it. */
    void beginExit() {
        exiting = true;
    }

    Declaration declaration() {
        return new Disclosure(settings, recipient, declared).declaration();
    }

    /** Whether it is time to ask a user who said yes about what is new; if so, it is noted that this was done now. */
    boolean isTimeToAsk(Consent consent) {
        return reminder().isTime(System.currentTimeMillis(), consent);
    }

    Forgotten forget() {
        Consent consent = consents.reread();
        if (consent.state() == Consent.State.ERRORED) {
            return new Forgotten(0, consent.reason());
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
        } catch (Throwable failed) {
            return new Forgotten(0, "The wish could not be kept: " + failed.getMessage());
        }
    }

    /** Delivers here and now, once no other drain is at it. */
    Drained deliver(Duration limit, BooleanSupplier closed) {
        quietMillis = 0;
        return new Deliveries(spool).deliver(consents, source(), limit, closed);
    }

    DeliveryState delivery(Consent consent) {
        return new Deliveries(spool).state(consent, settings.schedule());
    }

    void verify() {
        source().verify();
        new NamedFlags(settings.flags, settings.plugins()).verify();
        if (settings.detached) {
            settings.plugins().dispatcher("detached");
        }
    }

    /** Starts no more drains, and ends the one that runs in this process after a while. */
    void close() {
        if (settings.inMemory && consents.consent().sending() && !spool.names().isEmpty()) {
            // Its last chance, whatever the schedule says; a collector that wants to be left alone is.
            startIfDue(System.currentTimeMillis(), Spool.LIMIT);
        }
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

    /** The time now, a millisecond later for each report of the same one, so that reports keep their order. */
    private synchronized long nextMoment() {
        long now = System.currentTimeMillis();
        boolean clockWentBack = lastMoment - now > MAX_LEAD_MILLIS;
        lastMoment = clockWentBack ? now : Math.max(now, lastMoment + 1);
        return lastMoment;
    }

    private void startIfDue(long now, int waiting) {
        if (isDue(now, waiting)) {
            startDispatch();
        }
    }

    private boolean isDue(long now, int waiting) {
        boolean isQuiet = now >= quietMillis && now - quietMillis < QUIET_MILLIS && waiting < Spool.LIMIT / 2;
        boolean isDue = !isQuiet && settings.schedule().isDue(DrainState.read(spool), now, waiting);
        quietMillis = isQuiet || isDue ? quietMillis : now;
        return isDue;
    }

    /** Gives the hand-off a head start if the next report will be handed off. */
    private void prepareIfDue() {
        if (settings.handsOff() && consents.consent().sending() && isDue(System.currentTimeMillis(), 1)) {
            new HeadStart(this).begin();
        }
    }

    /** Has a dispatch ready for the report to come, unless one was needed before that. */
    void prepare() throws IOException {
        Dispatch made = newDispatch();
        synchronized (this) {
            if (closed || dispatch != null) {
                return;
            }
            dispatch = made;
        }
        made.prepare();
    }

    synchronized void startDispatch() {
        if (closed || exiting) {
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
        return Dispatch.of(settings, spool, consents, source());
    }

    private static ConsentStore consentStore(UsageStatsClient.Builder settings, Spool spool) {
        if (settings.consentStore != null) {
            return settings.consentStore;
        }
        if (settings.consentStoreName == null) {
            return new FileConsentStore(spool.directory());
        }
        ConsentStoreProvider named = settings.plugins().consentStore(settings.consentStoreName);
        try {
            return named.open(settings.program, settings.directory().path());
        } catch (Throwable failed) {
            return new UnopenedConsentStore(DebugLog.told(failed));
        }
    }

    private static Submission discarded(String reason) {
        return new Submission(Fate.DISCARDED, reason);
    }
}
