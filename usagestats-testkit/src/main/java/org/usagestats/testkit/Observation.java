package org.usagestats.testkit;

import java.util.List;

/**
 * What was seen of one run of a program.
 *
 * @param end how it ended
 * @param leaks what it did and should not have done, whatever it printed
 * @param notChecked what could not be seen
 */
record Observation(End end, List<Leak> leaks, List<String> notChecked) {

    /**
     * How a run ended.
     *
     * @param inTime whether it ended by itself in time; otherwise the status means nothing
     * @param status the exit status
     * @param output what it printed on standard output
     * @param errors what it printed on standard error
     */
    record End(boolean inTime, int status, String output, String errors) {}
}
