package org.usagestats.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows runs as printed. */
class ReadmeTest {

    /** What is run elsewhere: by a person, and by every CI run. */
    private static final List<String> RUN_BY_CI = List.of("./demo", "mvn -B -ntp verify", "mvn -q -DskipTests package");

    private static final String SERVE = "server-minimal/target/dist/bin/usagestats-server serve";

    @TempDir
    Path directory;

    @Test
    void theProgramCompilesAgainstTheClientAloneAndRuns() throws Exception {
        Path source = Files.writeString(directory.resolve("CoolProgram.java"), program());
        String jars = Built.classPath("usagestats-api", "usagestats-core", "transport-http", "transport-subprocess");

        compile(jars, source);

        Command.Ended ended = Command.of(Built.java(), "-cp", directory + ":" + jars, "CoolProgram")
                .with("XDG_STATE_HOME", directory.resolve("state"))
                .run();
        assertThat(ended.status()).isZero();
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("cool-program --enable-stats");
        assertThat(directory.resolve("state/cool-program/usage-stats").toFile().list())
                .isNotEmpty();
    }

    @Test
    void theArtifactsAreThoseOfTheBom() throws Exception {
        Page bom = Page.read("usagestats-bom/pom.xml");
        String version = bom.find("<version>(.*?)</version>").get(0);

        List<String> named = new Page(blocks("xml").get(0)).find("<artifactId>(.*?)</artifactId>");
        assertThat(named)
                .hasSize(4)
                .allMatch(artifact -> bom.text().contains("<artifactId>" + artifact + "</artifactId>"));
        assertThat(blocks("xml").get(0)).contains("<version>" + version + "</version>");
    }

    @Test
    void theTestCompiles() throws Exception {
        assertThat(blocks("java")).hasSize(2);
        Path source = Files.writeString(
                directory.resolve("CoolProgramTest.java"), blocks("java").get(1));

        compile(System.getProperty("java.class.path"), source);
    }

    @Test
    void theExampleIsTestedAsTheReadmeSays() throws Exception {
        String pom = Files.readString(Built.ROOT.resolve("example-program/pom.xml"));

        assertThat(blocks("xml")).hasSize(2);
        assertThat(pom.replaceAll("\\s+", "")).contains(blocks("xml").get(1).replaceAll("\\s+", ""));
    }

    @Test
    void theListenerOfTestsIsWhatJUnitAsksFor() throws Exception {
        Class<?> listener = Class.forName(blocks("text").get(0).trim());

        assertThat(listener.getInterfaces())
                .extracting(Class::getName)
                .isEqualTo(readme().find("META-INF/services/(\\S+)`"));
    }

    @Test
    void theCommandsRun() throws Exception {
        assumeTrue(Command.of("sh", "-c", "command -v curl").run().status() == 0, "curl is not installed");
        int port = freePort();
        List<String> asked = new ArrayList<>();
        List<String> serve = new ArrayList<>();
        for (String block : blocks("sh")) {
            for (String line : block.lines().map(ReadmeTest::withoutComment).toList()) {
                if (line.startsWith(SERVE)) {
                    serve.add(line);
                } else if (!RUN_BY_CI.contains(line)) {
                    asked.add(line.replace(":8080", ":" + port));
                }
            }
        }
        assertThat(serve).hasSize(1);
        assertThat(asked).hasSize(7).allMatch(line -> line.contains("curl ") || line.contains("server query "));

        String options = serve.get(0).substring(SERVE.length()).trim().replace(":8080", ":" + port);
        String sink = options.replaceAll(".*--sink (\\S+).*", "$1").replace(":", ":" + directory + "/");
        try (RunningCollector collector = RunningCollector.start(Built.SERVER_DIST, sink, "127.0.0.1:" + port)) {
            for (int i = asked.size() - 1; i >= 0; i--) {
                String line = "cd '" + directory + "' && "
                        + asked.get(i)
                                .replace("curl ", "curl -sSf ")
                                .replace("server-minimal/target/dist", Built.SERVER_DIST.toString());
                Command.Ended ended = Command.of("sh", "-c", line).run();
                assertThat(ended.status()).as(line + ": " + ended.err()).isZero();
            }
            assertThat(collector.reports()).isEqualTo(1);
            assertThat(directory.resolve("import")).content().contains("by-hand");
        }
    }

    @Test
    void theFilesThatItLinksToAreThereAndHaveTheHeadings() throws Exception {
        for (String link : readme().find("\\]\\(([^)]*)\\)")) {
            int anchor = link.indexOf('#') < 0 ? link.length() : link.indexOf('#');
            Path file = Built.ROOT.resolve(link.substring(0, anchor));
            assertThat(file).exists();
            if (anchor < link.length()) {
                assertThat(anchors(file)).contains(link.substring(anchor));
            }
        }
    }

    /** What a page calls its headings in addresses. */
    private static List<String> anchors(Path page) throws Exception {
        return Files.readAllLines(page).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> "#"
                        + line.replaceFirst("#+ ", "")
                                .toLowerCase(Locale.ROOT)
                                .replaceAll("[^a-z0-9 -]", "")
                                .replace(' ', '-'))
                .toList();
    }

    @Test
    void theExampleOpensItsStatisticsAsTheReadmeDoes() throws Exception {
        String settings = Files.readString(
                Built.ROOT.resolve("example-program/src/main/java/org/usagestats/example/Settings.java"));
        String program = Files.readString(
                Built.ROOT.resolve("example-program/src/main/java/org/usagestats/example/CoolProgram.java"));

        for (String call :
                List.of(".prompt(Prompt.forCommands(", ".detached()", "builder(\"cool-program\", \"0.1\")")) {
            assertThat(program()).contains(call);
            assertThat(settings).contains(call);
        }
        String submit =
                "stats.submit(note(\"what\", \"Ran the program\"), OPERATING_SYSTEM, JAVA_VERSION, SESSION_TIME);";
        assertThat(program()).contains(submit);
        assertThat(program).contains(submit);
    }

    private void compile(String classPath, Path source) {
        PrintWriter out = new PrintWriter(System.out, true);
        String[] arguments = {
            "-Xlint:all,-path", "-Werror", "-cp", classPath, "-d", directory.toString(), source.toString()
        };
        assertThat(ToolProvider.findFirst("javac").orElseThrow().run(out, out, arguments))
                .isZero();
    }

    private static String program() throws Exception {
        return blocks("java").get(0);
    }

    private static List<String> blocks(String language) throws Exception {
        return readme().blocks(language);
    }

    private static Page readme() throws Exception {
        return Page.read("README.md");
    }

    private static String withoutComment(String line) {
        Matcher comment = Pattern.compile("\\s+# .*").matcher(line);
        return comment.replaceFirst("");
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
