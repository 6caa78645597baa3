package org.usagestats.query;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown when a question is not understood. Its faults are all that are known; the message has one a line. */
public final class QuestionException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    /**
     * Makes one.
     *
     * @param faults what is wrong, at least one
     */
    public QuestionException(List<Fault> faults) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining("\n")));
        this.faults = List.copyOf(faults);
    }

    /**
     * Tells what is wrong.
     *
     * @return the faults, in the order of the parameters
     */
    public List<Fault> faults() {
        return faults;
    }
}
