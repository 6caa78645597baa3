package org.usagestats.api;

/** What becomes of the reports that waited on this machine while the user had not decided, once the user says yes. */
public enum Backlog {
    /** They are sent. */
    SEND,
    /** They are deleted: only what happens from now on is sent. */
    DISCARD
}
