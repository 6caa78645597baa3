package org.usagestats.benchmarks;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the build left what is measured.
 *
 * @param jar the jar of the programs of ours
 */
public record Built(Path jar) {

    /**
     * Finds it beside this code.
     *
     * @return the build
     * @throws URISyntaxException never, of a jar in a file
     */
    public static Built besideThis() throws URISyntaxException {
        Path code = Path.of(
                Built.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (!Files.isRegularFile(code)) {
            throw new IllegalStateException("run this from its jar, as benchmarks/run does");
        }
        return new Built(code);
    }

    /**
     * The folder for what comes of a build.
     *
     * @return that folder
     */
    public Path target() {
        return jar.resolve("..").normalize();
    }

    /** The class path of our own programs: they first, so that one that uses no library opens no other jar. */
    List<Path> classPath() throws IOException {
        List<Path> path = new ArrayList<>(List.of(jar));
        path.addAll(jars(target().resolve("lib")));
        return path;
    }

    /** The jars that a library needs. */
    Path peerLibraries(String folder) {
        return peerTarget(folder).resolve("lib");
    }

    List<Path> peerClassPath(String folder) throws IOException {
        List<Path> path = new ArrayList<>(List.of(jar));
        path.addAll(jars(peerTarget(folder)));
        path.addAll(jars(peerLibraries(folder)));
        return path;
    }

    private Path peerTarget(String folder) {
        return jar.resolve("../../peers").resolve(folder).resolve("target").normalize();
    }

    /**
     * Writes a class path as the {@code java} command takes it.
     *
     * @param classPath its entries
     * @return the text
     */
    public static String text(List<Path> classPath) {
        return classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /**
     * Lists jars in the order of their names.
     *
     * @param directory where they lie
     * @return the jars
     * @throws IOException if the directory cannot be read
     */
    public static List<Path> jars(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }
}
