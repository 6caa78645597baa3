package org.usagestats.it;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where the build left what these tests run. */
final class Built {

    /** The root of the project. */
    static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    /** The collector as an operator gets it. */
    static final Path SERVER_DIST = ROOT.resolve("server-minimal/target/dist");

    /** The example program as its user gets it. */
    static final Path PROGRAM_DIST = ROOT.resolve("example-program/target/dist");

    private Built() {}

    /** The jar of a module, by its folder. */
    static Path jar(String folder) {
        return only(ROOT.resolve(folder).resolve("target"), "-SNAPSHOT.jar");
    }

    /** The example program and its libraries in one jar, relocated. */
    static Path shadedProgram() {
        return only(ROOT.resolve("usagestats-it/target"), "-shaded.jar");
    }

    /** The class path of the jars of some modules, and of these tests' own classes. */
    static String classPath(String... folders) {
        StringBuilder path = new StringBuilder(testClasses().toString());
        for (String folder : folders) {
            path.append(File.pathSeparatorChar).append(jar(folder));
        }
        return path.toString();
    }

    static Path testClasses() {
        return ROOT.resolve("usagestats-it/target/test-classes");
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Copies a directory with all it holds. */
    static Path copy(Path from, Path to) throws IOException {
        List<Path> all;
        try (Stream<Path> paths = Files.walk(from)) {
            all = paths.toList();
        }
        for (Path path : all) {
            Files.copy(path, to.resolve(from.relativize(path).toString()), StandardCopyOption.COPY_ATTRIBUTES);
        }
        return to;
    }

    /** Deletes a directory with all it holds. */
    static void delete(Path directory) throws IOException {
        List<Path> all;
        try (Stream<Path> paths = Files.walk(directory)) {
            all = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }

    private static Path only(Path directory, String suffix) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(suffix))
                    .filter(file -> !file.getFileName().toString().startsWith("original-"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("not built: " + directory + "/*" + suffix));
        } catch (IOException missing) {
            throw new IllegalStateException("not built: " + directory, missing);
        }
    }
}
