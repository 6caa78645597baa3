package org.usagestats.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.File;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.apache.commons.cli.CommandLine;
import org.h2.Driver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.testkit.ArrivedRequest;
import org.usagestats.testkit.Await;
import org.usagestats.testkit.LoopbackCollector;
import org.usagestats.testkit.ScriptedAnswer;

/** What the page for authors of programs shows runs as printed, and does what the page says. */
class ProgramsPageTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String EXAMPLE_DROP_POINT = "https://usagestats.example.org/";

    @TempDir
    Path directory;

    private Page page;

    @BeforeEach
    void read() throws Exception {
        page = Page.read("docs/programs.md");
    }

    @Test
    void theCommandsDecideShowAndForget() throws Exception {
        try (LoopbackCollector collector = LoopbackCollector.open()) {
            compile(collector.dropPoint(), copied(), sample("LoudProgram"));
            Command.Ended first = java("LoudProgram", "hello").run();
            assertThat(first.out()).isEqualTo("HELLO!\n");
            assertThat(first.err()).contains("loud-program --enable-stats", "    word: which words people want said");
            assertThat(java("LoudProgram", "--show-stats").run().out())
                    .startsWith("UNSET: ")
                    .contains("1 report waits:", "\nword:hello\n", "\nusagestats.refused:1\n");
            assertThat(java("LoudProgram", "--enable-stats").run().status()).isZero();
            assertThat(java("LoudProgram", "--send-stats").run().out()).startsWith("1 delivered, 0 remain");

            String updated = sample("LoudProgram")
                    .replace(
                            ".collects(OPERATING_SYSTEM)",
                            ".collects(OPERATING_SYSTEM).collects(\"size\", \"how long\")");
            compile(collector.dropPoint(), copied(), updated);
            assertThat(java("LoudProgram", "--show-stats").run().out())
                    .startsWith("ENABLED: ")
                    .contains("\nNew and withheld:\n    size: how long\n0 reports wait.\n1 report was sent:\n");
            assertThat(java("LoudProgram", "--forget-stats").run().out()).contains("erase");
            assertThat(java("LoudProgram", "--disable-stats").run().status()).isZero();
            assertThat(java("LoudProgram", "--enable-stats")
                            .with("DO_NOT_TRACK", 1)
                            .run()
                            .out())
                    .contains("DO_NOT_TRACK");
            assertThat(reports(collector)).hasSize(1);
        }
    }

    @Test
    void theQuestionIsNotPutWhereThereIsNoTerminal() throws Exception {
        compile(URI.create(EXAMPLE_DROP_POINT), sample("AskingProgram"));

        Command.Ended ended = java("AskingProgram").run();

        assertThat(ended.status()).isZero();
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).doesNotContain("[y/N]").contains("asking-program --enable-stats");
        assertThat(waiting("asking-program")).contains("\nsystem:");
    }

    @Test
    void theWindowsButtonsFollowTheDecisionWhichIsKeptInItsSettings() throws Exception {
        compile(
                URI.create("http://127.0.0.1:9/"),
                sample("StatsPanel"),
                sample("PreferencesStore"),
                sample("WindowProgram"),
                driver("WindowDrive"));

        String[] unset = {"You have not decided; reports stay on this machine. on on on off"};
        String[] enabled = {"Usage statistics are enabled; thank you. off on on on"};
        String[] disabled = {"Usage statistics are disabled; nothing is recorded. on off off off"};
        assertThat(window("Send usage statistics").lines()).containsExactly(unset[0], enabled[0]);
        assertThat(window("Do not send").lines()).containsExactly(enabled[0], disabled[0]);
        assertThat(window("Send usage statistics").lines()).containsExactly(disabled[0], enabled[0]);
        assertThat(directory.resolve("preferences")).isDirectoryRecursivelyContaining("glob:**/prefs.xml");
        assertThat(directory.resolve("state/window-program/usage-stats/consent"))
                .doesNotExist();
    }

    @Test
    void replicasShareTheDecisionAndTheIdentifier() throws Exception {
        try (LoopbackCollector collector = LoopbackCollector.open()) {
            compile(collector.dropPoint(), sample("DatabaseStore"), sample("ReplicaProgram"), driver("ReplicaDrive"));
            // Without its table the store throws: no consent, and nothing is recorded.
            assertThat(replica("a", "5")).startsWith("DISABLED\nDISCARDED\n");
            replica("a", "create", page.blocks("sql").get(0));

            assertThat(replica("a", "1")).startsWith("UNSET\nSPOOLED\n");
            assertThat(replica("b", "enable")).isEqualTo("UNSET\nENABLED\n");
            assertThat(replica("a", "2")).startsWith("ENABLED\nSPOOLED\n");
            assertThat(replica("b", "3")).startsWith("ENABLED\nSPOOLED\n");
            List<String> reports = reports(collector);
            assertThat(reports).hasSize(3);
            assertThat(user(reports.get(1))).startsWith("user:").isEqualTo(user(reports.get(2)));

            collector.answerAlways(ScriptedAnswer.of(503, "not now"));
            assertThat(replica("a", "4")).startsWith("ENABLED\nSPOOLED\n");
            assertThat(replica("b", "disable")).isEqualTo("ENABLED\nDISABLED\n");
            assertThat(replica("a", "look")).isEqualTo("DISABLED\n0 wait\n");
        }
    }

    @Test
    void theContainerNeedsNoDisk() throws Exception {
        try (LoopbackCollector collector = LoopbackCollector.open()) {
            compile(
                    collector.dropPoint(),
                    sample("DatabaseStore"),
                    sample("ReplicaProgram"),
                    sample("ContainerProgram"),
                    driver("ReplicaDrive"),
                    driver("ContainerDrive"));
            replica("a", "create", page.blocks("sql").get(0));
            Path home = Files.createDirectory(directory.resolve("home"));

            assertThat(container(home, "0").out()).isEqualTo("UNSET\nSPOOLED\n");
            assertThat(reports(collector)).isEmpty();
            assertThat(container(home, "enable").out()).isEqualTo("UNSET\nENABLED\nSPOOLED\n");
            assertThat(container(home, "1").out()).isEqualTo("ENABLED\nSPOOLED\n");
            assertThat(reports(collector)).hasSize(2).last().asString().endsWith("\ntenants:1\n");
            assertThat(container(home, "forget").out()).isEqualTo("ENABLED\nSPOOLED\n1 to forget: 1\n");
            assertThat(home).isEmptyDirectory();
        }
    }

    @Test
    void theServersQuestionGoesToItsLog() throws Exception {
        compile(URI.create(EXAMPLE_DROP_POINT), sample("ServerProgram"));

        Command.Ended ended = java("ServerProgram").run();

        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .contains("INFO: \nserver-program would like to send usage statistics to "
                        + EXAMPLE_DROP_POINT.replaceAll("/$", ""))
                .contains("    plugins: how many plugins servers have");
        assertThat(waiting("server-program")).contains("\nplugins:3\n");
        assertThat(java("ServerProgram").run().err()).isEmpty();
    }

    /** At an interval of a minute the first report is made after at most 15 seconds. */
    @Test
    void aProgramThatRunsForLongReportsNowAndThenAndWhenItEnds() throws Exception {
        String told = sample("PoolProgram")
                .replace("throws InterruptedException", "throws Exception")
                .replace("stats.submitEvery(", "stats.enableReporting(); stats.submitEvery(")
                .replace("Duration.ofDays(1)", "Duration.ofMinutes(1)")
                .replace(
                        "Thread.curr",
                        "System.in.read(); stats.note(\"stroke\", \"back\"); System.out.print(1); Thread.curr");
        compile(URI.create("http://127.0.0.1:9/"), told);
        try (Command.Running program = java("PoolProgram").start()) {
            Await.until("the first report", SOON, () -> !spooled("pool-program").isEmpty());
            assertThat(waiting("pool-program")).containsPattern("\nstroke:crawl\nusers:1\njava:[^\n]+\n$");

            program.process().getOutputStream().close();
            Await.until("the next note", SOON, () -> !program.out().isEmpty());
            program.process().destroy();

            assertThat(program.end()).isEqualTo(new Command.Ended(143, "1", ""));
        }
        assertThat(spooled("pool-program"))
                .hasSize(2)
                .last(STRING)
                .containsPattern("\nstroke:back\nsession_time:[0-9.]+\n$");
    }

    @Test
    void theLibrarysNotesBearItsName() throws Exception {
        compile(URI.create(EXAMPLE_DROP_POINT), sample("MapLibrary"), sample("MapProgram"));
        assertThat(sample("MapLibrary")).doesNotContain("org.usagestats.core");

        java("MapProgram").run();

        String told = sample("MapProgram").replaceAll("(?s).*submit\\(\\); // ([^\n]*).*", "$1");
        assertThat(waiting("map-program")).endsWith("\n" + told.replace(", ", "\n") + "\n");
    }

    @Test
    void thePageAboutWhatIsCollectedIsWrittenAndChecked() throws Exception {
        compile(URI.create(EXAMPLE_DROP_POINT), copied(), sample("LoudProgram"));
        List<String> commands = page.blocks("sh");
        assertThat(commands).hasSize(2);
        String program = "'" + Built.java() + "' -cp \"$CLASSPATH\" LoudProgram";

        assertThat(shell(commands.get(0).replace("loud-program", program)).status())
                .isZero();
        assertThat(directory.resolve("what-we-collect.md"))
                .content()
                .startsWith("# What loud-program collects\n")
                .contains("| `word` | which words people want said aloud |");
        Command.Ended checked = shell(commands.get(1).replaceFirst("java", "'" + Built.java() + "'"));
        assertThat(checked).isEqualTo(new Command.Ended(0, "", ""));
        Files.writeString(directory.resolve("what-we-collect.md"), "# Nothing\n");
        assertThat(shell(commands.get(1).replaceFirst("java", "'" + Built.java() + "'"))
                        .status())
                .isEqualTo(1);
    }

    @Test
    void theFilesThatItLinksToAreThere() {
        for (String link : page.find("\\]\\(([^)#]*)[^)]*\\)")) {
            assertThat(Built.ROOT.resolve("docs").resolve(link)).exists();
        }
        for (String anchor : page.find("\\]\\(#([^)]*)\\)")) {
            assertThat(page.find("(?m)^## (.*)$"))
                    .anyMatch(title -> title.toLowerCase()
                            .replace(' ', '-')
                            .replace(".", "")
                            .equals(anchor));
        }
    }

    /** The block that declares a type. */
    private String sample(String type) {
        return page.blocks("java").stream()
                .filter(java -> java.matches("(?s).*(class|record) " + type + "\\b.*"))
                .filter(java -> java.indexOf("\nclass ") < 0 || java.contains("\nclass " + type + " "))
                .findFirst()
                .orElseThrow();
    }

    /** What the page says to copy, in the package that a copy without one is in. */
    private static String copied() throws Exception {
        return Page.read("example-program/src/main/java/org/usagestats/example/StatsOptions.java")
                .text()
                .replaceFirst("package [^;]+;", "");
    }

    private static String driver(String name) throws Exception {
        return Files.readString(Path.of("src/test/resources/programs/" + name + ".java"));
    }

    private void compile(URI dropPoint, String... sources) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-Xlint:all,-path", "-Werror", "-cp", classPath()));
        arguments.addAll(List.of("-d", directory.resolve("classes").toString()));
        Path folder = Files.createDirectories(directory.resolve("sources"));
        for (String source : sources) {
            String name = source.replaceAll("(?s).*?\n(?:final )?(?:class|record) (\\w+).*", "$1");
            arguments.add(Files.writeString(
                            folder.resolve(name + ".java"), source.replace(EXAMPLE_DROP_POINT, dropPoint.toString()))
                    .toString());
        }
        PrintWriter out = new PrintWriter(System.out, true);
        assertThat(ToolProvider.findFirst("javac").orElseThrow().run(out, out, arguments.toArray(String[]::new)))
                .isZero();
    }

    private String classPath() throws Exception {
        List<String> jars = new ArrayList<>(List.of(directory.resolve("classes").toString()));
        for (String folder : List.of("usagestats-api", "usagestats-core", "transport-http", "usagestats-testkit")) {
            jars.add(Built.jar(folder).toString());
        }
        for (Class<?> library : List.of(CommandLine.class, Driver.class)) {
            jars.add(Path.of(library.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString());
        }
        return String.join(File.pathSeparator, jars);
    }

    private Command java(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Built.java(),
                "-Djava.awt.headless=true",
                "-Djava.util.prefs.userRoot=" + directory.resolve("preferences"),
                "-cp",
                classPath()));
        command.addAll(List.of(words));
        return Command.of(command.toArray(String[]::new)).with("XDG_STATE_HOME", directory.resolve("state"));
    }

    private Command.Ended shell(String line) throws Exception {
        return Command.of("sh", "-c", "cd '" + directory + "' && " + line)
                .with("CLASSPATH", classPath())
                .with("XDG_STATE_HOME", directory.resolve("state"))
                .run();
    }

    private String window(String click) throws Exception {
        Command.Ended ended = java("WindowDrive", click).run();
        assertThat(ended.status()).as(ended.err()).isZero();
        return ended.out();
    }

    /** Runs a replica, each with a disk of its own, at the database that they share. */
    private String replica(String name, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("ReplicaDrive", "jdbc:h2:" + directory.resolve("database")));
        command.addAll(List.of(words));
        Command.Ended ended = java(command.toArray(String[]::new))
                .with("XDG_STATE_HOME", directory.resolve(name))
                .run();
        assertThat(ended.status()).as(ended.err()).isZero();
        return ended.out();
    }

    /** Runs a container, whose home is also where it works. */
    private Command.Ended container(Path home, String word) throws Exception {
        Command.Ended ended = Command.of(
                        "sh",
                        "-c",
                        "cd '" + home + "' && exec '" + Built.java() + "' -Duser.home='" + home
                                + "' ContainerDrive \"$0\" \"$1\"",
                        "jdbc:h2:" + directory.resolve("database"),
                        word)
                .with("CLASSPATH", classPath())
                .with("HOME", home)
                .run();
        assertThat(ended.status()).as(ended.err()).isZero();
        return ended;
    }

    /** The one report that waits. */
    private String waiting(String program) throws Exception {
        List<String> reports = spooled(program);
        assertThat(reports).hasSize(1);
        return reports.get(0);
    }

    /** The reports that wait, oldest first; none while the program has no folder. */
    private List<String> spooled(String program) throws Exception {
        Path folder = directory.resolve("state/" + program + "/usage-stats");
        String[] names = folder.toFile().list((in, name) -> name.startsWith("report_"));
        List<String> reports = new ArrayList<>();
        for (String name :
                Stream.of(names == null ? new String[0] : names).sorted().toList()) {
            reports.add(Files.readString(folder.resolve(name)));
        }
        return reports;
    }

    private static List<String> reports(LoopbackCollector collector) {
        return collector.received().stream()
                .map(ArrivedRequest::text)
                .filter(text -> text.startsWith("date:"))
                .toList();
    }

    private static String user(String report) {
        return report.lines()
                .filter(line -> line.startsWith("user:"))
                .findFirst()
                .orElse("");
    }
}
