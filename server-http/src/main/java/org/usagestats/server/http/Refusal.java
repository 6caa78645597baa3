package org.usagestats.server.http;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Says why a request is not granted, in words for its sender. */
public final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private static final String BUSY = "busy";

    private final int status;
    private final String reason;
    private final String line;
    private final transient Retry retry;
    private final transient List<Map<String, String>> errors;

    /** What sending the same again comes to: no use, or after how many seconds it may be, 0 if that is not known. */
    private record Retry(boolean useless, long seconds) {}

    private Refusal(int status, String reason, String allowed, Retry retry) {
        this(status, reason, allowed.isEmpty() ? reason : reason + ": " + allowed, retry, List.of());
    }

    private Refusal(int status, String reason, String line, Retry retry, List<Map<String, String>> errors) {
        super(reason, null, false, false);
        this.status = status;
        this.reason = reason;
        this.line = line;
        this.retry = retry;
        this.errors = errors;
    }

    /**
     * Says that the report itself is at fault: sending it again cannot help.
     *
     * @param status of HTTP
     * @param reason what is wrong, in a few words
     * @param allowed what would be right; empty if there is nothing to say
     * @return the refusal
     */
    public static Refusal ofReport(int status, String reason, String allowed) {
        return new Refusal(status, reason, allowed, new Retry(true, 0));
    }

    /**
     * Says that the request is at fault, or the collector: the report, if there is one, may be good.
     *
     * @param status of HTTP
     * @param reason what is wrong, in a few words
     * @param allowed what would be right; empty if there is nothing to say
     * @return the refusal
     */
    public static Refusal ofRequest(int status, String reason, String allowed) {
        return new Refusal(status, reason, allowed, new Retry(false, 0));
    }

    /**
     * Says that parts of a request are not understood.
     *
     * @param reason what is wrong, in a few words
     * @param line what is wrong and what is allowed
     * @param errors what the problem document tells of each part
     * @return the refusal, with status 400
     */
    public static Refusal ofParts(String reason, String line, List<Map<String, String>> errors) {
        return new Refusal(400, reason, line, new Retry(false, 0), errors);
    }

    /** Says that the collector has no room for the request at the moment. */
    static Refusal busy() {
        return ofRequest(503, BUSY, "try again soon");
    }

    /**
     * Says that the client asks for too much at a time.
     *
     * @param reason what is too much
     * @param wait after which time it may ask again
     * @return the refusal
     */
    public static Refusal later(String reason, Duration wait) {
        long seconds = wait.toSeconds() + 1;
        return new Refusal(429, reason, "ask again in " + seconds + " s", new Retry(false, seconds));
    }

    /**
     * Puts it into a problem document (RFC 9457).
     *
     * @return the answer to the request
     */
    public Answer problem() {
        Answer problem = Answer.problem(status, line, errors);
        return retry.seconds == 0 ? problem : problem.with("Retry-After", Long.toString(retry.seconds));
    }

    /**
     * Tells whether the collector had no room for the request at the moment.
     *
     * @return whether the same request may be granted soon
     */
    public boolean isBusy() {
        return status == 503 && reason.equals(BUSY);
    }

    /**
     * Tells the status of its answer.
     *
     * @return the status of HTTP
     */
    public int status() {
        return status;
    }

    /**
     * Tells what is wrong.
     *
     * @return a few words
     */
    public String reason() {
        return reason;
    }

    /**
     * Tells what is wrong and what is allowed.
     *
     * @return one line
     */
    public String line() {
        return line;
    }

    /**
     * Tells whether the report itself is at fault.
     *
     * @return whether it is of no use to send the same again
     */
    public boolean reportAtFault() {
        return retry.useless;
    }
}
