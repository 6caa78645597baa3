package org.usagestats.spi;

import org.usagestats.api.Flag;

/** Provides a flag, for programs that name it. */
public interface FlagProvider {

    /**
     * The name by which a program asks for it.
     *
     * @return for instance {@code gpu}
     */
    String name();

    /**
     * Makes the flag.
     *
     * @return the flag
     */
    Flag flag();
}
