package org.usagestats.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What is done with whole directories. */
public final class Directories {

    private Directories() {}

    /**
     * Deletes a directory with all that is in it, if it is there.
     *
     * @param directory the directory
     * @throws IOException if it cannot be deleted
     */
    public static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            for (Path file : below(directory, Comparator.reverseOrder())) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Makes a copy of a directory, with the times of its files. */
    static void copy(Path from, Path to) throws IOException {
        for (Path file : below(from, Comparator.naturalOrder())) {
            Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /**
     * Makes a copy of a sink's directory that shares its files with the first, but for those that are locked.
     *
     * @param from the sink's directory
     * @param to the copy
     * @throws IOException if it cannot be made
     */
    public static void link(Path from, Path to) throws IOException {
        for (Path file : below(from, Comparator.naturalOrder())) {
            Path copy = to.resolve(from.relativize(file));
            if (Files.isDirectory(file)) {
                Files.createDirectories(copy);
            } else if (!file.toString().endsWith("lock")) {
                Files.createLink(copy, file);
            }
        }
    }

    private static List<Path> below(Path directory, Comparator<Path> order) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.sorted(order).toList();
        }
    }
}
