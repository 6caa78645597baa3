package org.usagestats.sink;

import java.io.Closeable;
import java.io.IOException;

/** Reads the end of a sink, again and again. Not for use by several threads. */
public interface ReportTail extends Closeable {

    /**
     * Hands over what it has not handed over yet, and does not wait: the first time the newest reports, by the time of
     * their receipt and the oldest of them first, later what a collector has added meanwhile. That may be a report that is
     * not acknowledged yet. What is damaged is told where it is come upon.
     *
     * @param taker who takes the reports, and the damage
     * @throws IOException if the sink cannot be read, or the taker fails
     */
    void read(ReportTaker taker) throws IOException;
}
