package org.usagestats.testkit;

/**
 * What a {@link ChaosProxy} does to one connection.
 *
 * <p>To lose the acknowledgement of a report that was stored, disturb the answer: a collector answers after it has stored,
 * so {@code Fault.inAnswer(Passage.cutAfter(0))} ends the connection, and {@code Fault.inAnswer(Passage.swallowedAfter(0))}
 * leaves the client without an answer.
 *
 * @param treatment what becomes of the connection
 * @param request how the client's bytes pass, if they do
 * @param answer how the collector's bytes pass, if they do
 */
public record Fault(Treatment treatment, Passage request, Passage answer) {

    /** What becomes of a connection. */
    public enum Treatment {
        /** It leads to the collector. */
        FORWARDED,
        /** It leads to the collector, which gets each request a second time before the client gets the answer. */
        DUPLICATED,
        /** It is reset at once. */
        REFUSED,
        /** It is accepted, and nothing is ever read or answered. */
        IGNORED
    }

    /**
     * No fault: the connection leads to the collector undisturbed.
     *
     * @return the fault
     */
    public static Fault none() {
        return of(Treatment.FORWARDED);
    }

    /**
     * The connection is reset at once.
     *
     * @return the fault
     */
    public static Fault refused() {
        return of(Treatment.REFUSED);
    }

    /**
     * The connection is a black hole: accepted, never read, never answered.
     *
     * @return the fault
     */
    public static Fault ignored() {
        return of(Treatment.IGNORED);
    }

    /**
     * The collector gets every request of the connection twice and the client one answer.
     *
     * @return the fault
     */
    public static Fault duplicated() {
        return of(Treatment.DUPLICATED);
    }

    /**
     * Disturbs what the client sends.
     *
     * @param request how it passes
     * @return the fault
     */
    public static Fault inRequest(Passage request) {
        return new Fault(Treatment.FORWARDED, request, Passage.free());
    }

    /**
     * Disturbs what the collector answers.
     *
     * @param answer how it passes
     * @return the fault
     */
    public static Fault inAnswer(Passage answer) {
        return new Fault(Treatment.FORWARDED, Passage.free(), answer);
    }

    private static Fault of(Treatment treatment) {
        return new Fault(treatment, Passage.free(), Passage.free());
    }
}
