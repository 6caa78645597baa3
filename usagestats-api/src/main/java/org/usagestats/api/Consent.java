package org.usagestats.api;

import java.util.List;

/**
 * Where the user's consent stands, with the four questions that a window asks to set its buttons.
 *
 * @param state the state
 * @param reason how it came about, in a sentence fit to show
 * @param newFields what the program declares and the user who said yes has not agreed to yet: it is withheld, and the rest
 *     goes on being sent
 */
public record Consent(State state, String reason, List<Field> newFields) {

    /** The states of consent. */
    public enum State {
        /** The user has not decided: reports are kept on this machine and never sent. */
        UNSET,
        /** The user said yes: reports are sent. */
        ENABLED,
        /** The user said no: nothing is recorded. */
        DISABLED,
        /** The environment says no, whatever the user said: nothing is recorded, and no file is written. */
        DISABLED_BY_ENVIRONMENT,
        /** The spool cannot be used safely: nothing is recorded in this run. */
        ERRORED
    }

    /** Copies the list. */
    public Consent {
        newFields = List.copyOf(newFields);
    }

    /**
     * Makes a consent under which nothing is withheld.
     *
     * @param state the state
     * @param reason how it came about
     */
    public Consent(State state, String reason) {
        this(state, reason, List.of());
    }

    /**
     * Tells whether reports are kept.
     *
     * @return true if submitting a report has an effect
     */
    public boolean recording() {
        return state == State.UNSET || state == State.ENABLED;
    }

    /**
     * Tells whether reports may leave this machine.
     *
     * @return true only with the user's consent
     */
    public boolean sending() {
        return state == State.ENABLED;
    }

    /**
     * Tells whether the user can say yes now.
     *
     * @return false when enabled already and no new field is left to agree to, when the environment forbids it, and when
     *     there is nowhere to keep the answer
     */
    public boolean enableable() {
        return state == State.UNSET || state == State.DISABLED || !newFields.isEmpty();
    }

    /**
     * Tells whether the user can say no now.
     *
     * @return false when disabled already, and when there is nowhere to keep the answer
     */
    public boolean disableable() {
        return state == State.UNSET || state == State.ENABLED || state == State.DISABLED_BY_ENVIRONMENT;
    }
}
