package org.usagestats.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A new folder for the files of a test, which goes with all that is in it when it is closed: for tests that JUnit gives none,
 * such as properties, where each try needs its own.
 */
public final class TemporaryFolder implements AutoCloseable {

    private final Path path;

    /**
     * Makes a folder where this machine keeps temporary files.
     *
     * @throws IOException if it cannot be made
     */
    public TemporaryFolder() throws IOException {
        this.path = Files.createTempDirectory("test-");
    }

    /**
     * Tells where it is.
     *
     * @return the folder
     */
    public Path path() {
        return path;
    }

    /**
     * Deletes it.
     *
     * @throws IOException if something in it cannot be deleted
     */
    @Override
    public void close() throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(path)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.deleteIfExists(file);
        }
    }
}
