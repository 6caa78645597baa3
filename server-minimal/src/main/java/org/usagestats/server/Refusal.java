package org.usagestats.server;

/** Says why a request is not granted, in words for its sender. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private static final String BUSY = "busy";

    private final int status;
    private final String reason;
    private final String line;
    private final boolean reportAtFault;

    private Refusal(int status, String reason, String allowed, boolean reportAtFault) {
        super(reason, null, false, false);
        this.status = status;
        this.reason = reason;
        this.line = allowed.isEmpty() ? reason : reason + ": " + allowed;
        this.reportAtFault = reportAtFault;
    }

    /** The report itself is at fault: sending it again cannot help. */
    static Refusal ofReport(int status, String reason, String allowed) {
        return new Refusal(status, reason, allowed, true);
    }

    /** The request is at fault, or the collector: the report, if there is one, may be good. */
    static Refusal ofRequest(int status, String reason, String allowed) {
        return new Refusal(status, reason, allowed, false);
    }

    /** The collector has no room for the request at the moment. */
    static Refusal busy() {
        return ofRequest(503, BUSY, "try again soon");
    }

    boolean isBusy() {
        return status == 503 && reason.equals(BUSY);
    }

    int status() {
        return status;
    }

    /** What is wrong, in a few words. */
    String reason() {
        return reason;
    }

    /** What is wrong and what is allowed. */
    String line() {
        return line;
    }

    boolean reportAtFault() {
        return reportAtFault;
    }
}
