package org.usagestats.server.settings;

/** What the program can be asked to do, by its name in lower case. */
public enum Command {
    /** Run a collector. */
    SERVE,
    /** Answer a question about what a sink keeps. */
    QUERY,
    /** Look at everything that a sink keeps, and tell what is damaged. */
    VERIFY,
    /** Print the newest reports of a sink, then those that arrive. */
    TAIL,
    /** Write what a sink keeps to standard output. */
    EXPORT,
    /** Bring reports from elsewhere into a sink. */
    IMPORT
}
