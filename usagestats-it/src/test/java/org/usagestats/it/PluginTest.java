package org.usagestats.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sink of somebody else's, dropped into the collector's {@code plugins} folder. */
class PluginTest {

    @TempDir
    Path directory;

    private Path dist;

    @BeforeEach
    void install() throws Exception {
        dist = Built.copy(Built.SERVER_DIST, directory.resolve("a dist"));
    }

    @Test
    void aSinkWithAModuleDescriptorAnswersToItsName() throws Exception {
        Path sources = sources();
        Files.copy(Path.of("src/test/resources/plugin/module-info.java.txt"), sources.resolve("module-info.java"));

        keepsReports(jar(sources, "--module-path"));
    }

    @Test
    void aSinkWithoutAModuleDescriptorAnswersToItsName() throws Exception {
        keepsReports(jar(sources(), "--class-path"));
    }

    @Test
    void aNameThatNoSinkHasIsToldWithTheArtifactToAdd() throws Exception {
        Command.Ended ended = serve("one-file:" + directory.resolve("reports"));

        assertThat(ended.status()).isNotZero();
        assertThat(ended.err()).contains("one-file", "usagestats-sink-one-file").hasLineCount(1);
    }

    @Test
    void twoSinksOfOneNameAreBothNamed() throws Exception {
        Files.copy(jar(sources(), "--class-path"), dist.resolve("plugins/one.jar"));
        Path other = directory.resolve("other");
        Files.createDirectories(other.resolve("com/other/sink"));
        String source =
                Files.readString(Path.of("src/test/resources/plugin/com/example/sink/OneFileSinkProvider.java"));
        Files.writeString(
                other.resolve("com/other/sink/OneFileSinkProvider.java"), source.replace("com.example", "com.other"));
        Files.copy(jar(other, "--class-path"), dist.resolve("plugins/other.jar"));

        Command.Ended ended = serve("one-file:" + directory.resolve("reports"));

        assertThat(ended.status()).isNotZero();
        assertThat(ended.err())
                .contains("com.example.sink.OneFileSinkProvider", "com.other.sink.OneFileSinkProvider")
                .hasLineCount(1);
    }

    private void keepsReports(Path jar) throws Exception {
        Files.copy(jar, dist.resolve("plugins/one-file-sink.jar"));
        Path file = directory.resolve("reports.jsonl");
        try (RunningCollector collector = RunningCollector.start(dist, "one-file:" + file, "127.0.0.1:0")) {
            for (String argument : List.of("--enable-stats", "hello", "--send-stats")) {
                Command.coolProgram(argument)
                        .with("COOL_PROGRAM_DROP_POINT", collector.url())
                        .with("COOL_PROGRAM_STATS_DIR", directory.resolve("stats"))
                        .run();
            }
            // On a busy machine the report is sent again, and this sink knows no ids.
            assertThat(Files.readAllLines(file))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line).contains("\"word\":\"hello\""));
            assertThat(collector.get("/v1/count")).contains("sink");
        }
    }

    private Command.Ended serve(String sink) throws Exception {
        return Command.of(dist.resolve("bin/usagestats-server").toString(), "serve", "--sink", sink)
                .run();
    }

    private Path sources() throws Exception {
        Path from = Path.of("src/test/resources/plugin/com");
        return Built.copy(
                        from,
                        Files.createDirectories(directory.resolve("sources")).resolve("com"))
                .getParent();
    }

    /** Compiles the sources against the sink API alone and packs them, with a services file for the class path. */
    private Path jar(Path sources, String pathOption) throws Exception {
        Path classes = Files.createTempDirectory(directory, "classes");
        List<Path> files;
        try (Stream<Path> walked = Files.walk(sources)) {
            files = walked.filter(file -> file.toString().endsWith(".java")).toList();
        }
        List<String> javac = new ArrayList<>(List.of("--release", "17", "-d", classes.toString()));
        String needed = Built.jar("usagestats-api") + File.pathSeparator + Built.jar("sink-api");
        javac.addAll(List.of(pathOption, needed));
        files.forEach(file -> javac.add(file.toString()));
        tool("javac", javac.toArray(String[]::new));

        Path provider = files.stream()
                .filter(file -> file.endsWith("OneFileSinkProvider.java"))
                .findFirst()
                .orElseThrow();
        String className =
                sources.relativize(provider).toString().replace(".java", "").replace('/', '.');
        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(services.resolve("org.usagestats.sink.SinkProvider"), className + "\n");
        Path jar = Files.createTempDirectory(directory, "jar").resolve("plugin.jar");
        tool("jar", "--create", "--file", jar.toString(), "-C", classes.toString(), ".");
        return jar;
    }

    private static void tool(String name, String... args) {
        PrintWriter out = new PrintWriter(System.out, true);
        assertThat(ToolProvider.findFirst(name).orElseThrow().run(out, out, args))
                .isZero();
    }
}
