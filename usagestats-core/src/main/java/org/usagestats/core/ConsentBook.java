package org.usagestats.core;

import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.usagestats.api.Backlog;
import org.usagestats.api.Consent;
import org.usagestats.api.Consent.State;
import org.usagestats.core.ConsentRecord.Decision;
import org.usagestats.spi.ConsentStore;

/**
 * Knows whether the user consented. It is the one place that decides; whoever is about to write or to send asks here.
 *
 * <p>The environment is looked at afresh each time, the store when opened, before a decision, and by {@link #reread} before
 * each request.
 */
final class ConsentBook {

    private static final Consent UNSET =
            new Consent(State.UNSET, "You have not decided; reports stay on this machine.");
    private static final Consent ENABLED = new Consent(State.ENABLED, "Usage statistics are enabled; thank you.");
    private static final Consent DISABLED =
            new Consent(State.DISABLED, "Usage statistics are disabled; nothing is recorded.");

    private final Switches switches;
    private final ConsentStore store;
    private final Spool spool;

    private @Nullable Consent stored;
    private boolean unreadable;
    private @Nullable UUID user;

    ConsentBook(Switches switches, ConsentStore store, Spool spool) {
        this.switches = switches;
        this.store = store;
        this.spool = spool;
    }

    /** Where consent stands, by the environment as it is now and the decision as it was last read. */
    synchronized Consent consent() {
        String off = switches.off();
        if (off != null) {
            return new Consent(State.DISABLED_BY_ENVIRONMENT, off);
        }
        Consent decided = stored == null ? read() : stored;
        return decided.state() == State.UNSET ? policyConsent() : decided;
    }

    /** What holds for a user who has not decided. Under a policy's "on" there is no identifier: nobody was asked. */
    private Consent policyConsent() {
        String on = switches.on();
        return on == null ? UNSET : new Consent(State.ENABLED, on);
    }

    /** Where consent stands, by the environment and the decision as they are now. */
    synchronized Consent reread() {
        stored = null;
        return consent();
    }

    /** The user's identifier, if there is consent and the program asked for one when it was given. */
    synchronized @Nullable UUID user() {
        return user;
    }

    /** Carries out a yes. */
    synchronized Consent enable(Backlog backlog, @Nullable UUID newUser) {
        Consent before = reread();
        if (!before.enableable() && !isEnabledByPolicy(before)) {
            return before;
        }
        try {
            if (backlog == Backlog.DISCARD || before.state() == State.DISABLED) {
                spool.clear();
            }
            SmallFile.delete(spool.file(DrainState.FILE));
            write(new ConsentRecord(Decision.ENABLED, newUser));
            return reread();
        } catch (IOException | RuntimeException failed) {
            return new Consent(before.state(), "The decision could not be kept: " + failed.getMessage());
        }
    }

    /** Whether the user's own word is still to come, and would not change what holds now. */
    private boolean isEnabledByPolicy(Consent consent) {
        return consent.sending() && stored == UNSET;
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
            write(new ConsentRecord(Decision.DISABLED_CLEANING, null));
            finishWithdrawal();
        } catch (IOException | RuntimeException failed) {
            return new Consent(before.state(), "The decision could not be kept: " + failed.getMessage());
        }
        Consent after = reread();
        return after.state() == State.DISABLED_BY_ENVIRONMENT
                ? new Consent(after.state(), after.reason() + " Your own no is remembered too.")
                : after;
    }

    private Consent read() {
        unreadable = false;
        Consent consent = readStore();
        if (consent.state() != State.ENABLED) {
            user = null;
        }
        stored = consent;
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
            ConsentRecord record = ConsentRecord.parse(text.get());
            if (record == null) {
                return undecided("The record of your decision cannot be understood");
            }
            user = record.user();
            return record.decision() == Decision.ENABLED ? ENABLED : withdrawn(record.decision());
        } catch (IOException | RuntimeException unreadable) {
            return undecided("The record of your decision cannot be read");
        }
    }

    /** No consent can be read out of a broken record, so neither is anything recorded: the answer may have been no. */
    private Consent undecided(String why) {
        unreadable = true;
        return new Consent(State.DISABLED, why + ", so nothing is recorded until you decide again.");
    }

    private Consent withdrawn(Decision decision) throws IOException {
        if (decision == Decision.DISABLED_CLEANING) {
            finishWithdrawal();
        } else if (!spool.names().isEmpty()) {
            spool.clear();
        }
        return DISABLED;
    }

    private void finishWithdrawal() throws IOException {
        spool.clear();
        write(new ConsentRecord(Decision.DISABLED, null));
    }

    private void write(ConsentRecord record) throws IOException {
        store.write(record.text(System.currentTimeMillis()));
    }
}
