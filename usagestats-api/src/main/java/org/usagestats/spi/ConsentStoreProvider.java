package org.usagestats.spi;

import java.nio.file.Path;

/** Provides a place to keep the user's decision, for programs that name it. */
public interface ConsentStoreProvider {

    /**
     * The name by which a program asks for it.
     *
     * @return for instance {@code settings}
     */
    String name();

    /**
     * Opens the store of one program.
     *
     * @param program the program's name
     * @param directory the program's usage-stats directory, which need not exist
     * @return the store
     */
    ConsentStore open(String program, Path directory);
}
