package org.usagestats.benchmarks.load;

import java.nio.file.Path;
import java.util.List;

/**
 * A server that is put under load.
 *
 * @param name what it is, without the JDK it runs on
 * @param version the version of the JDK it runs on, or nothing
 * @param command starts it
 * @param directory its working directory, for what it writes
 * @param port where it listens, or 0 for a program that brings its own load and ends
 */
record Contender(String name, String version, List<String> command, Path directory, int port) {

    boolean listens() {
        return port != 0;
    }

    String title() {
        return version.isEmpty() ? name : name + ", JDK " + version;
    }
}
