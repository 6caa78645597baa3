package org.usagestats.benchmarks.queries;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.usagestats.benchmarks.Built;
import org.usagestats.benchmarks.Jdk;

/**
 * The commands that start programs of ours.
 *
 * @param built where they are
 */
record Launch(Built built) {

    private static final String PROGRAMS = "org.usagestats.benchmarks.queries.programs.";
    private static final String HEAP = "-Xmx3g";

    /** DuckDB is a native library. */
    private static final String NATIVE = "--enable-native-access=ALL-UNNAMED";

    /** Lets a JVM know of so many processors: that is how many threads work on a question. */
    static String processors(int count) {
        return "-XX:ActiveProcessorCount=" + count;
    }

    /** A program that has the collector's jars beside it. */
    List<String> program(Jdk jdk, String flag, String name, Object... arguments) throws IOException {
        return java(jdk, List.of(HEAP, flag), collector(), PROGRAMS + name, arguments);
    }

    /** A program that has the drivers of databases beside it. */
    List<String> database(Jdk jdk, Object... arguments) throws IOException {
        return java(jdk, List.of(HEAP, NATIVE), databases(), PROGRAMS + "SqlProgram", arguments);
    }

    List<String> server(Jdk jdk, Object... arguments) throws IOException {
        return java(jdk, List.of(HEAP), collector(), "org.usagestats.server.Main", arguments);
    }

    private List<String> java(Jdk jdk, List<String> flags, List<Path> jars, String main, Object... arguments) {
        List<String> command = new ArrayList<>(List.of(jdk.java().toString()));
        command.addAll(flags);
        command.addAll(List.of("-cp", Built.text(jars), main));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return command;
    }

    private List<Path> collector() throws IOException {
        return withOurs(built.target().resolve("../../server-minimal/target/dist/lib"));
    }

    private List<Path> databases() throws IOException {
        return withOurs(built.target().resolve("../databases/target/lib"));
    }

    private List<Path> withOurs(Path folder) throws IOException {
        List<Path> jars = new ArrayList<>(List.of(built.jar()));
        jars.addAll(collectorsTypes());
        jars.addAll(Files.isDirectory(folder) ? Built.jars(folder) : List.of());
        return jars.stream().distinct().toList();
    }

    /** What {@link Question} is made of. */
    private List<Path> collectorsTypes() throws IOException {
        return Built.jars(built.target().resolve("../../server-minimal/target/dist/lib")).stream()
                .filter(jar -> jar.getFileName().toString().contains("-api-"))
                .toList();
    }

    /** Where the scripts are. */
    Path scripts() {
        return built.target().resolve("../src/main/queries").normalize();
    }
}
