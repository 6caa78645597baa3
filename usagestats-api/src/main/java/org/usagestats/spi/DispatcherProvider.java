package org.usagestats.spi;

/** Provides a way to drain the spool outside the program's own process. */
public interface DispatcherProvider {

    /**
     * The name by which a program asks for it.
     *
     * @return for instance {@code detached}
     */
    String name();

    /**
     * Makes the dispatcher. Called only when something is due.
     *
     * @return the dispatcher
     */
    Dispatcher open();
}
