package org.usagestats.testkit;

/** The states in which {@link LeakCheck} starts a program. In none of them may anything leave the machine. */
public enum CheckedState {
    /** Nobody decided: reports may wait in the location, and nothing else may be written. */
    NO_DECISION("no decision"),
    /** Nobody decided, and the program runs in continuous integration. */
    CONTINUOUS_INTEGRATION("continuous integration"),
    /** The user said no. */
    DISABLED("disabled"),
    /** {@code DO_NOT_TRACK=1}. */
    DO_NOT_TRACK("DO_NOT_TRACK=1"),
    /** {@code DO_NOT_TRACK=1} after the user said yes. */
    OVERRULED_CONSENT("a yes, and then DO_NOT_TRACK=1"),
    /** The program's own variable says off. */
    OWN_VARIABLE("the program's own variable"),
    /** The system property {@code usagestats.disabled} is set. */
    SYSTEM_PROPERTY("the system property usagestats.disabled"),
    /** The user's file {@code usage-stats/off} is there. */
    OFF_FILE("the file usage-stats/off"),
    /** The user's home cannot be written. */
    READ_ONLY_HOME("a home that cannot be written"),
    /** The user has no home. */
    NO_HOME("no home"),
    /** The location, with a yes in it, is a symbolic link. */
    LINKED_LOCATION("a location that is a symbolic link"),
    /** The location, with a yes in it, belongs to another user. */
    FOREIGN_LOCATION("a location of another user");

    private final String title;

    CheckedState(String title) {
        this.title = title;
    }

    /**
     * The state in a few words.
     *
     * @return for instance {@code no decision}
     */
    public String title() {
        return title;
    }

    boolean mayKeepReports() {
        return this == NO_DECISION || this == CONTINUOUS_INTEGRATION;
    }
}
