package org.usagestats.benchmarks;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A directory that is the same before each run of a program.
 *
 * @param directory what the program is told
 * @param template what is in it before each run
 */
record Spool(Path directory, Path template) {

    /** Puts the directory back into the state of the template. */
    void restore() throws IOException {
        Directories.delete(directory);
        Directories.copy(template, directory);
    }
}
