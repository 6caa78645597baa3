package org.usagestats.core;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.usagestats.api.Backlog;
import org.usagestats.api.Consent;
import org.usagestats.api.Consent.State;
import org.usagestats.api.Field;
import org.usagestats.api.Note;
import org.usagestats.api.Report;
import org.usagestats.spi.ConsentStore;

/**
 * Knows whether the user consented. It is the one place that decides; whoever is about to write or to send asks here.
 *
 * <p>The environment is looked at afresh each time, the store when opened, before a decision, and by {@link #reread} before
 * each request.
 *
 * <p>A store is the program's own, and may take its time: while it is read or written, who submits goes by what was read
 * before.
 */
final class ConsentBook {

    static final Consent UNSET = new Consent(State.UNSET, "You have not decided; reports stay on this machine.");
    private static final Consent ENABLED = new Consent(State.ENABLED, "Usage statistics are enabled; thank you.");
    private static final Consent DISABLED = new Consent(State.DISABLED, Refusal.REASON);

    private final Switches switches;
    private final ConsentStore store;
    private final Spool spool;
    private final Declared declared;

    private volatile @Nullable Consent stored;
    private volatile @Nullable ConsentRecord record;
    private @Nullable ConsentRecord found;
    private boolean unreadable;

    ConsentBook(Switches switches, ConsentStore store, Spool spool, Declared declared) {
        this.switches = switches;
        this.store = store;
        this.spool = spool;
        this.declared = declared;
    }

    /** Where consent stands, by the environment as it is now and the decision as it was last read. */
    Consent consent() {
        return consent(switches.off(), stored);
    }

    private Consent consent(@Nullable String off, @Nullable Consent known) {
        if (off != null) {
            return new Consent(State.DISABLED_BY_ENVIRONMENT, off);
        }
        Consent decided = known == null ? read() : known;
        if (decided.state() == State.UNSET) {
            return policyConsent(decided);
        }
        return decided.sending() ? withNewFields(decided) : decided;
    }

    /** What holds for a user who has not decided. Under a policy's "on" there is no identifier: nobody was asked. */
    private Consent policyConsent(Consent undecided) {
        String on = switches.on();
        return on == null ? undecided : new Consent(State.ENABLED, on);
    }

    /** Where consent stands, by the environment and the decision as they are now. */
    Consent reread() {
        String off = switches.off();
        if (off != null) {
            stored = null;
        }
        return consent(off, null);
    }

    /** Whether what the user asked to erase may be asked for, which needs no consent, and waits while the environment says off. */
    boolean mayErase() {
        State state = consent().state();
        return state != State.DISABLED_BY_ENVIRONMENT && state != State.ERRORED;
    }

    /** The user's identifier, if there is consent and the program asks for one as it did when consent was given. */
    @Nullable
    String user() {
        ConsentRecord given = record;
        return given == null || !declared.identifiesUsers() ? null : given.user();
    }

    /** Whether it is the user who said yes, and not an administrator for everybody. */
    boolean isGivenByUser() {
        return record != null;
    }

    /** Whether the user agreed to a field, or has yet to decide. */
    boolean isAgreed(String key) {
        ConsentRecord given = record;
        if (given == null || given.agreed().isEmpty() || Declared.isInEveryReport(key)) {
            return true;
        }
        Field field = declared.find(key);
        for (Field agreed : given.agreed()) {
            boolean forTheSame = field == null || field.purpose().equals(agreed.purpose());
            if (agreed.key().equals(key) && forTheSame) {
                return true;
            }
        }
        return false;
    }

    /** Carries out a yes to all that is declared now. */
    synchronized Consent enable(Backlog backlog) {
        Consent before = reread();
        if (!before.enableable() && !isEnabledByPolicy(before)) {
            return before;
        }
        String user = user();
        try {
            if (backlog == Backlog.DISCARD || before.state() == State.DISABLED) {
                spool.clearReports();
            } else {
                discardUndeclared();
            }
            spool.directory().delete(DrainState.FILE);
            List<Field> agreed = declared.isInForce() ? declared.open() : List.of();
            write(new ConsentRecord(
                    ConsentRecord.ENABLED,
                    declared.recipient(),
                    agreed,
                    user == null && declared.identifiesUsers() ? Ids.next() : user));
            spool.directory().delete(Reminder.FILE);
            return reread();
        } catch (Throwable failed) {
            return new Consent(before.state(), "The decision could not be kept: " + failed.getMessage());
        }
    }

    /** Whether it is the administrator's yes that holds, beside which the user's own is worth keeping. */
    private boolean isEnabledByPolicy(Consent consent) {
        Consent decided = stored;
        return consent.sending() && decided != null && decided.state() == State.UNSET;
    }

    /** Carries out a no: the decision first, then the deletion, then the note that it is done. */
    synchronized Consent disable() {
        Consent before = reread();
        if (!before.disableable() && !unreadable) {
            return before;
        }
        try {
            String fault = spool.directory().fault();
            if (fault != null) {
                return new Consent(before.state(), fault);
            }
            write(ConsentRecord.no(ConsentRecord.DISABLED_CLEANING));
            stored = DISABLED;
            finishWithdrawal();
        } catch (Throwable failed) {
            return new Consent(before.state(), "The decision could not be kept: " + failed.getMessage());
        }
        Consent after = reread();
        return after.state() == State.DISABLED_BY_ENVIRONMENT
                ? new Consent(after.state(), after.reason() + " Your own no is remembered too.")
                : after;
    }

    /** Replaces the user's identifier, if there is one, so that what is sent from now on cannot be joined to what was. */
    synchronized void renewUser() throws IOException {
        Optional<String> text = store.read();
        ConsentRecord kept = text.isEmpty() ? null : ConsentRecord.parse(text.get());
        if (kept != null && kept.user() != null) {
            write(new ConsentRecord(kept.decision(), kept.recipient(), kept.agreed(), Ids.next()));
            read();
        }
    }

    private synchronized Consent read() {
        unreadable = false;
        found = null;
        Consent consent = readStore();
        // Who looks meanwhile never finds a yes without what it was to.
        if (found != null) {
            record = found;
        }
        stored = consent;
        record = found;
        return consent;
    }

    private Consent readStore() {
        String fault = spool.directory().fault();
        if (fault != null) {
            return new Consent(State.ERRORED, fault);
        }
        try {
            Optional<String> text = store.read();
            if (text.isEmpty()) {
                return UNSET;
            }
            ConsentRecord read = ConsentRecord.parse(text.get());
            if (read == null) {
                return undecided("The record of your decision cannot be understood");
            }
            return read.decision().equals(ConsentRecord.ENABLED) ? enabled(read) : withdrawn(read.decision());
        } catch (Throwable unreadable) {
            return undecided("The record of your decision cannot be read");
        }
    }

    /** A yes holds for the recipient that was agreed to, and for no other. */
    private Consent enabled(ConsentRecord read) {
        String recipient = declared.recipient();
        if (read.recipient() != null && !read.recipient().equals(recipient)) {
            return new Consent(
                    State.UNSET,
                    "You agreed to send usage statistics to " + read.recipient() + ", not to " + recipient
                            + "; reports stay on this machine until you decide.");
        }
        found = read;
        return ENABLED;
    }

    private Consent withNewFields(Consent enabled) {
        List<Field> fields = new ArrayList<>();
        for (Field field : declared.open()) {
            boolean isNew = field.key().equals(Declared.USER) ? user() == null : !isAgreed(field.key());
            if (isNew) {
                fields.add(field);
            }
        }
        return fields.isEmpty()
                ? enabled
                : new Consent(
                        State.ENABLED,
                        "Usage statistics are enabled; what is new since you agreed is not sent until you agree again.",
                        fields);
    }

    /** No consent can be read out of a broken record, so neither is anything recorded: the answer may have been no. */
    private Consent undecided(String why) {
        unreadable = true;
        return new Consent(State.DISABLED, why + ", so nothing is recorded until you decide again.");
    }

    private Consent withdrawn(String decision) throws IOException {
        if (decision.equals(ConsentRecord.DISABLED_CLEANING)) {
            finishWithdrawal();
        } else if (!spool.isClear()) {
            spool.clear();
        }
        return DISABLED;
    }

    private void finishWithdrawal() throws IOException {
        spool.clear();
        write(ConsentRecord.no(ConsentRecord.DISABLED));
    }

    /** Deletes what waited if it holds what the user is not asked to agree to: another version recorded it. */
    private void discardUndeclared() {
        for (SpoolName name : spool.names()) {
            Report report = declared.isInForce() ? spool.read(name) : null;
            if (report != null && !isDeclared(report)) {
                spool.remove(name);
            }
        }
    }

    private boolean isDeclared(Report report) {
        for (Note note : report.notes()) {
            if (!declared.admits(note.key())) {
                return false;
            }
        }
        return true;
    }

    private void write(ConsentRecord decided) throws IOException {
        store.write(decided.text(System.currentTimeMillis()));
    }
}
