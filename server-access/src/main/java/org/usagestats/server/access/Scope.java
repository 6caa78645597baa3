package org.usagestats.server.access;

import java.util.Locale;

/** What a token lets its holder do. */
public enum Scope {
    /** Send reports; as soon as one token has it, nobody sends reports without. */
    INGEST,
    /** See the dashboard and ask questions, with answers in which no user can be singled out. */
    VIEW,
    /** Ask any question about the reports, and read the metrics. */
    QUERY,
    /** Take all reports out. */
    EXPORT,
    /** Everything. */
    ADMIN;

    /** Its name in a list of tokens. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
