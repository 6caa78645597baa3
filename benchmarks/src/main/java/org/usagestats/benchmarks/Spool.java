package org.usagestats.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory that is the same before each run of a program.
 *
 * @param directory what the program is told
 * @param template what is in it before each run
 */
record Spool(Path directory, Path template) {

    /** Puts the directory back into the state of the template. */
    void restore() throws IOException {
        delete(directory);
        copy(template, directory);
    }

    static void copy(Path from, Path to) throws IOException {
        for (Path path : paths(from)) {
            Files.copy(path, to.resolve(from.relativize(path).toString()), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            List<Path> inside =
                    paths(directory).stream().sorted(Comparator.reverseOrder()).toList();
            for (Path path : inside) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static List<Path> paths(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.toList();
        }
    }
}
