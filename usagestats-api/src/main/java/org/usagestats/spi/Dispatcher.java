package org.usagestats.spi;

import java.io.IOException;

/** Starts the process that drains a spool. */
public interface Dispatcher {

    /**
     * Starts the process and returns at once. The process must outlive this one, whatever ends it, share no stream with
     * it, and must not be its direct child, for a JVM waits at its exit for the children it started.
     *
     * @param process what to run
     * @throws IOException if it cannot be started on this machine; the spool is then drained in the program's process
     */
    void start(DrainProcess process) throws IOException;
}
