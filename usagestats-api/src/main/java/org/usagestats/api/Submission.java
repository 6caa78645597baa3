package org.usagestats.api;

/**
 * What became of a submitted report.
 *
 * @param fate whether it is kept for delivery
 * @param reason why, in a sentence fit to show
 */
public record Submission(Fate fate, String reason) {

    /** The two things that can become of a report. */
    public enum Fate {
        /** It waits in the spool; if and when it is sent is the user's decision. */
        SPOOLED,
        /** It is gone, and nothing of it was kept. */
        DISCARDED
    }
}
