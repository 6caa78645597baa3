package org.usagestats.spi;

import java.time.Duration;
import java.util.Optional;

/**
 * What became of one attempt to deliver a report.
 *
 * @param answer what the drain goes by
 * @param pause how long the collector asked to be left alone, if it did
 * @param detail what happened, in one line without the report's content
 */
public record Delivery(Answer answer, Optional<Duration> pause, String detail) {

    /** What a collector can answer, and what follows for the report and for the drain. */
    public enum Answer {
        /** The collector acknowledged this report by name: it leaves the spool, and the drain goes on. */
        DELIVERED,
        /** The collector rejected this report by name: it is set aside, and the drain goes on. */
        REJECTED,
        /** An error that may be this report's fault or everybody's: it is kept, and the drain tries one other report. */
        REFUSED,
        /** An answer that says nothing about the report (a redirect, a portal, "busy"): it is kept, and the drain stops. */
        RETRY_LATER,
        /** No answer at all: the report is kept, and the drain stops. */
        UNANSWERED
    }

    /**
     * An attempt whose answer asked for no particular wait.
     *
     * @param answer what the drain goes by
     * @param detail what happened
     * @return the delivery
     */
    public static Delivery of(Answer answer, String detail) {
        return new Delivery(answer, Optional.empty(), detail);
    }

    /**
     * An attempt whose answer said when to come back.
     *
     * @param answer what the drain goes by
     * @param pause how long to wait; the drain keeps it within a second and a day
     * @param detail what happened
     * @return the delivery
     */
    public static Delivery of(Answer answer, Duration pause, String detail) {
        return new Delivery(answer, Optional.of(pause), detail);
    }
}
