package org.usagestats.spi;

import java.io.IOException;

/** Starts the process that drains a spool. */
public interface Dispatcher {

    /**
     * Loads what {@link #start} will need and is slow the first time, so that the program does not wait for it then. Called at
     * most once, on a thread of its own, while the program works. By default, and where it would fail, it does nothing: what
     * is wrong shows when the process is started. It must not block, and leaves nothing behind.
     *
     * @param process what is likely to be started
     */
    default void prepare(DrainProcess process) {}

    /**
     * Starts the process and returns at once. The process must outlive this one, whatever ends it, share no stream with
     * it, and must not be its direct child, for a JVM waits at its exit for the children it started.
     *
     * @param process what to run
     * @throws IOException if it cannot be started on this machine; the spool is then drained in the program's process
     */
    void start(DrainProcess process) throws IOException;
}
