package org.usagestats.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.PrintWriter;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.api.Flag;
import org.usagestats.api.Flags;

/** What the page about flags says is so, and what it shows runs as printed. */
class FlagsPageTest {

    private static final String CLIENT =
            Built.jar("usagestats-api") + File.pathSeparator + Built.jar("usagestats-core");

    @TempDir
    Path directory;

    private Page page;

    @BeforeEach
    void read() throws Exception {
        page = Page.read("docs/flags.md");
    }

    @Test
    void theTableNamesEveryFlagWithItsKeysAndWhetherItIdentifies() throws Exception {
        Map<String, List<String>> flags = new LinkedHashMap<>();
        for (Field constant : Flags.class.getFields()) {
            Flag flag = (Flag) constant.get(null);
            List<String> facts = new ArrayList<>(List.of(flag.identifying() ? "yes" : "no"));
            facts.addAll(flag.keys());
            flags.put(constant.getName(), facts);
        }

        assertThat(table()).containsExactlyEntriesOf(flags);
    }

    @Test
    void theProgramAddsWhatItAskedForButNothingThatIdentifiesBeforeAYes() throws Exception {
        compile("--class-path", CLIENT, directory, source("ProcessorsFlag"), source("FleetProgram"));

        String report = reportOf("fleet-program", "-cp", directory + File.pathSeparator + CLIENT, "FleetProgram");

        assertThat(report)
                .contains("\nlines:1024..2047\n", "\nfiles:10..99\n", "\nsystem:", "\nuname.release:", "\nprocessors:")
                .doesNotContain("\nhostname:");
    }

    @Test
    void theProvidedFlagIsFoundOnTheClassPath() throws Exception {
        String service = page.find("`META-INF/services/(\\S+)`").get(0);
        Path plugin = Files.createDirectories(directory.resolve("plugin"));
        compile("--class-path", CLIENT, plugin, source("GpuFlagProvider"));
        Files.createDirectories(plugin.resolve("META-INF/services"));
        Files.writeString(
                plugin.resolve("META-INF/services").resolve(service),
                page.blocks("text").get(0));
        compile("--class-path", CLIENT, directory, source("GpuProgram"));

        String path = String.join(File.pathSeparator, directory.toString(), plugin.toString(), CLIENT);
        assertThat(reportOf("gpu-program", "-cp", path, "GpuProgram")).containsPattern("\ngpu:(none|nvidia)\n");
    }

    @Test
    void theProvidedFlagIsFoundOnTheModulePath() throws Exception {
        Path plugin = Files.createDirectories(directory.resolve("plugin"));
        compile("--module-path", CLIENT, plugin, source("GpuFlagProvider"), source("module-info"));
        compile("--class-path", CLIENT, directory, source("GpuProgram"));

        String path = plugin + File.pathSeparator + CLIENT;
        String modules = "com.example.gpu,org.usagestats.core";
        assertThat(reportOf(
                        "gpu-program", "-p", path, "--add-modules", modules, "-cp", directory.toString(), "GpuProgram"))
                .containsPattern("\ngpu:(none|nvidia)\n");
    }

    /** What the table says of each flag: whether it can identify a person, then its keys. */
    private Map<String, List<String>> table() {
        Map<String, List<String>> flags = new LinkedHashMap<>();
        List<String> facts = new ArrayList<>();
        String table = page.text().substring(0, page.text().indexOf("\n## "));
        for (String row : new Page(table).find("(?m)^\\|(.*)\\|$")) {
            String[] cells =
                    row.replaceAll("[`*]|,[^|]*| \\(Linux\\)", "").trim().split(" *\\| *");
            if (row.startsWith(" `")) {
                facts = new ArrayList<>(List.of(cells[3]));
                flags.put(cells[0], facts);
            }
            facts.add(cells[1]);
        }
        return flags;
    }

    /** Writes the block that declares a type, or the module. */
    private Path source(String name) throws Exception {
        String declaration = name.equals("module-info") ? "(?s).*\\bmodule .*" : "(?s).*(class|enum) " + name + " .*";
        String block = page.blocks("java").stream()
                .filter(java -> java.matches(declaration))
                .findFirst()
                .orElseThrow();
        Path sources = Files.createDirectories(directory.resolve("sources"));
        return Files.writeString(sources.resolve(name + ".java"), block);
    }

    private static void compile(String option, String path, Path target, Path... sources) {
        List<String> arguments = new ArrayList<>(List.of("-Xlint:all,-path", "-Werror", option, path));
        arguments.addAll(List.of("-d", target.toString()));
        for (Path source : sources) {
            arguments.add(source.toString());
        }
        PrintWriter out = new PrintWriter(System.out, true);
        assertThat(ToolProvider.findFirst("javac").orElseThrow().run(out, out, arguments.toArray(String[]::new)))
                .isZero();
    }

    /** Runs a program that nobody has decided about, and reads the one report that waits then. */
    private String reportOf(String program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(Built.java()));
        command.addAll(List.of(arguments));
        Command.Ended ended = Command.of(command.toArray(String[]::new))
                .with("XDG_STATE_HOME", directory.resolve("state"))
                .run();
        assertThat(ended.status()).as(ended.err()).isZero();
        try (Stream<Path> files = Files.list(directory.resolve("state/" + program + "/usage-stats"))) {
            List<Path> reports = files.filter(
                            file -> file.getFileName().toString().startsWith("report_"))
                    .toList();
            assertThat(reports).hasSize(1);
            return Files.readString(reports.get(0));
        }
    }
}
