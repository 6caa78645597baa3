package org.usagestats.server;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** Makes jars with a sink, as a plug-in author does: compiled apart, with a module descriptor or without. */
final class SinkJar {

    private static final String PROVIDER = """
            package %1$s;

            public class Provider implements org.usagestats.sink.SinkProvider {
                public Provider() { %3$s }

                public String name() { return "%2$s"; }

                public org.usagestats.sink.ReportSink open(org.usagestats.sink.SinkConfig config) throws java.io.IOException {
                    %4$s
                    return new org.usagestats.sink.ReportSink() {
                        public java.util.List<org.usagestats.sink.Outcome> append(
                                java.util.List<org.usagestats.sink.ReceivedReport> reports) throws java.io.IOException {
                            for (var report : reports) {
                                java.nio.file.Files.write(java.nio.file.Path.of(config.location()), report.body());
                            }
                            return java.util.Collections.nCopies(reports.size(), org.usagestats.sink.Outcome.STORED);
                        }

                        public void close() {}
                    };
                }
            }
            """;

    private final Path directory;
    private final String packageName;
    private final String sinkName;
    private String constructor = "";
    private String opening = "";

    /** A sink of this name, in a package of that name. */
    SinkJar(Path directory, String packageName, String sinkName) {
        this.directory = directory;
        this.packageName = packageName;
        this.sinkName = sinkName;
    }

    /** Its constructor does this first. */
    SinkJar constructed(String statement) {
        constructor = statement;
        return this;
    }

    /** Opening it does this first. */
    SinkJar opened(String statement) {
        opening = statement;
        return this;
    }

    Path withDescriptor() throws IOException {
        Path source = write(
                "src/module-info.java",
                "module " + packageName + " { requires org.usagestats.sink; "
                        + "provides org.usagestats.sink.SinkProvider with " + packageName + ".Provider; }");
        return jar(List.of("--module-path", apiPath()), source);
    }

    Path withoutDescriptor() throws IOException {
        write("classes/META-INF/services/org.usagestats.sink.SinkProvider", packageName + ".Provider\n");
        return jar(List.of("--module-path", apiPath(), "--add-modules", "org.usagestats.sink"));
    }

    private Path jar(List<String> options, Path... more) throws IOException {
        Path source = write(
                "src/" + packageName + "/Provider.java",
                PROVIDER.formatted(packageName, sinkName, constructor, opening));
        Path classes = directory.resolve(packageName).resolve("classes");
        List<String> words = new ArrayList<>(options);
        words.addAll(List.of("-d", classes.toString(), source.toString()));
        Stream.of(more).map(Path::toString).forEach(words::add);
        run("javac", words);
        Path jar = directory.resolve(packageName + ".jar");
        run("jar", List.of("--create", "--file", jar.toString(), "-C", classes.toString(), "."));
        return jar;
    }

    private Path write(String name, String text) throws IOException {
        Path file = directory.resolve(packageName).resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    /** Where the modules that a sink needs were loaded from. */
    private static String apiPath() {
        return pathOf("org.usagestats.sink") + File.pathSeparator + pathOf("org.usagestats.api");
    }

    private static String pathOf(String module) {
        return ModuleLayer.boot()
                .configuration()
                .findModule(module)
                .orElseThrow()
                .reference()
                .location()
                .map(Path::of)
                .orElseThrow()
                .toString();
    }

    private static void run(String tool, List<String> words) {
        int status =
                ToolProvider.findFirst(tool).orElseThrow().run(System.out, System.err, words.toArray(String[]::new));
        if (status != 0) {
            throw new AssertionError(tool + " " + words + " ended with " + status);
        }
    }
}
