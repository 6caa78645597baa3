package org.usagestats.server;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.usagestats.query.Fault;
import org.usagestats.query.QuestionException;

/** Says why a request is not granted, in words for its sender. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private static final String BUSY = "busy";

    private final int status;
    private final String reason;
    private final String line;
    private final transient Retry retry;
    private final transient List<Fault> faults;

    /** What sending the same again comes to: no use, or after how many seconds it may be, 0 if that is not known. */
    private record Retry(boolean useless, long seconds) {}

    private Refusal(int status, String reason, String allowed, Retry retry) {
        super(reason, null, false, false);
        this.status = status;
        this.reason = reason;
        this.line = allowed.isEmpty() ? reason : reason + ": " + allowed;
        this.retry = retry;
        this.faults = List.of();
    }

    /** The question is not understood. */
    Refusal(QuestionException wrong) {
        super(wrong.getMessage(), null, false, false);
        this.status = 400;
        this.reason = "the question is not understood";
        this.faults = wrong.faults();
        this.line = faults.get(0) + (faults.size() == 1 ? "" : " (and " + (faults.size() - 1) + " more)");
        this.retry = new Retry(false, 0);
    }

    /** The report itself is at fault: sending it again cannot help. */
    static Refusal ofReport(int status, String reason, String allowed) {
        return new Refusal(status, reason, allowed, new Retry(true, 0));
    }

    /** The request is at fault, or the collector: the report, if there is one, may be good. */
    static Refusal ofRequest(int status, String reason, String allowed) {
        return new Refusal(status, reason, allowed, new Retry(false, 0));
    }

    /** The collector has no room for the request at the moment. */
    static Refusal busy() {
        return ofRequest(503, BUSY, "try again soon");
    }

    /** The client asks for too much at a time. */
    static Refusal later(String reason, Duration wait) {
        long seconds = wait.toSeconds() + 1;
        return new Refusal(429, reason, "ask again in " + seconds + " s", new Retry(false, seconds));
    }

    /** The problem document that says so. */
    Answer problem() {
        Answer problem = faults.isEmpty() ? Answer.problem(status, line) : Answer.problem(status, line, errors());
        return retry.seconds == 0 ? problem : problem.with("Retry-After", Long.toString(retry.seconds));
    }

    private List<Map<String, String>> errors() {
        return faults.stream().map(Refusal::error).toList();
    }

    private static Map<String, String> error(Fault fault) {
        Map<String, String> error = new LinkedHashMap<>();
        error.put("parameter", fault.parameter());
        error.put("detail", fault.detail());
        if (!fault.hint().isEmpty()) {
            error.put("hint", fault.hint());
        }
        return error;
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
        return retry.useless;
    }
}
