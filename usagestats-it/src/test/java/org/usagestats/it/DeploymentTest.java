package org.usagestats.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.testkit.ArrivedRequest;
import org.usagestats.testkit.Await;
import org.usagestats.testkit.LoopbackCollector;

/** The library in every way that programs are shipped. */
class DeploymentTest {

    private static final String[] CLIENT = {
        "usagestats-api", "usagestats-core", "transport-http", "transport-subprocess"
    };

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"in-process", "detached"})
    void onTheModulePath(String dispatch) throws Exception {
        deliversFrom(dispatch, Built.PROGRAM_DIST.resolve("bin/cool-program").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"in-process", "detached"})
    void onTheClassPath(String dispatch) throws Exception {
        String classPath = Built.PROGRAM_DIST.resolve("lib") + File.separator + "*";
        assertThat(deliversFrom(dispatch, Built.java(), "-cp", classPath, "org.usagestats.example.CoolProgram"))
                .startsWith("usagestats-java/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"in-process", "detached"})
    void inOneShadedAndRelocatedJar(String dispatch) throws Exception {
        assertThat(deliversFrom(
                        dispatch, Built.java(), "-jar", Built.shadedProgram().toString()))
                .as("without the program's version")
                .isEqualTo("usagestats-java");
    }

    @ParameterizedTest
    @ValueSource(strings = {"in-process", "detached"})
    void inARunTimeImage(String dispatch) throws Exception {
        Path image = directory.resolve("image");
        tool(
                "jlink",
                "--module-path",
                Built.PROGRAM_DIST.resolve("lib").toString(),
                "--add-modules",
                "org.usagestats.example,org.usagestats.transport.http,org.usagestats.transport.subprocess",
                "--output",
                image.toString());

        deliversFrom(
                dispatch,
                image.resolve("bin/java").toString(),
                "-m",
                "org.usagestats.example/org.usagestats.example.CoolProgram");
    }

    @Test
    void withoutATransportReportsAreKeptAndVerifyNamesTheArtifactToAdd() throws Exception {
        Command.Ended ended = verify("usagestats-api", "usagestats-core");

        assertThat(ended.out()).contains("usagestats-transport-http", "SPOOLED", "1 remain");
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void withTwoTransportsForOneSchemeReportsAreKeptAndVerifyNamesBoth() throws Exception {
        Command.Ended ended = verify(services(SecondTransport.class), CLIENT);

        assertThat(ended.out())
                .contains(SecondTransport.class.getName(), "HttpTransportProvider", "SPOOLED", "1 remain");
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void aTransportThatCannotBeCreatedIsPassedOver() throws Exception {
        try (LoopbackCollector collector = LoopbackCollector.open()) {
            Command.Ended ended = verifyAt(
                    services(UncreatableTransport.class), collector.dropPoint().toString(), CLIENT);

            assertThat(ended.out()).isEqualTo("verified\nSPOOLED\n0 remain\n");
            assertThat(ended.err()).isEmpty();
        }
    }

    @Test
    void aTransportThatCannotBeCreatedIsNamedWhereThereIsNoOther() throws Exception {
        Command.Ended ended = verify(services(UncreatableTransport.class), "usagestats-api", "usagestats-core");

        assertThat(ended.out()).contains(UncreatableTransport.class.getName(), "1 remain");
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void aFlagAndAConsentStoreAreUsedWhereTheProgramNamesThemAndNowhereElse() throws Exception {
        String classPath = services(ColourFlag.class)
                + File.pathSeparator
                + services(YesStore.class)
                + File.pathSeparator
                + Built.classPath("usagestats-api", "usagestats-core");
        String stats = directory.resolve("stats").toString();

        Command.Ended silent = Command.of(Built.java(), "-cp", classPath, NamedMain.class.getName(), stats)
                .run();
        assertThat(silent.out()).startsWith("UNSET\n").contains("a:1").doesNotContain("colour");

        Command.Ended named = Command.of(
                        Built.java(), "-cp", classPath, NamedMain.class.getName(), stats + "2", "colour", "yes")
                .run();
        assertThat(named.out()).startsWith("ENABLED\n").contains("a:1\ncolour:blue\n");
        assertThat(named.err()).isEmpty();
    }

    /**
     * Runs the example program to and fro: a report that waits, the consent, and what arrives after it.
     *
     * @return how the library names itself to the collector
     */
    private String deliversFrom(String dispatch, String... program) throws Exception {
        try (LoopbackCollector collector = LoopbackCollector.open()) {
            run(collector, dispatch, program, "first");
            assertThat(collector.received()).isEmpty();
            run(collector, dispatch, program, "--enable-stats");
            run(collector, dispatch, program, "second");
            if (dispatch.equals("in-process")) {
                // The program itself waits for a second at the most; on a busy machine that may not be enough.
                run(collector, dispatch, program, "--send-stats");
            }

            Await.until(
                    "both reports",
                    Duration.ofSeconds(60),
                    () -> reports(collector).size() >= 2);
            assertThat(reports(collector)).hasSize(2);
            assertThat(reports(collector).get(0)).contains("word:first");
            assertThat(reports(collector).get(1)).contains("word:second");
            DrainProcesses.awaitEnd(directory.resolve("stats"));
            return collector.received().get(0).header("User-Agent").orElseThrow();
        }
    }

    /** The reports that arrived; one that was sent again, since nobody waited for the answer, bears the same id. */
    private static List<String> reports(LoopbackCollector collector) {
        Map<String, String> reports = new LinkedHashMap<>();
        for (ArrivedRequest request : collector.received()) {
            reports.put(request.header("Usagestats-Report-Id").orElseThrow(), request.text());
        }
        return List.copyOf(reports.values());
    }

    private void run(LoopbackCollector collector, String dispatch, String[] program, String argument) throws Exception {
        List<String> words = new ArrayList<>(List.of(program));
        words.add(argument);
        Command.Ended ended = Command.of(words.toArray(String[]::new))
                .with("COOL_PROGRAM_DROP_POINT", collector.dropPoint())
                .with("COOL_PROGRAM_STATS_DIR", directory.resolve("stats"))
                .with("COOL_PROGRAM_DISPATCH", dispatch)
                .run();
        assertThat(ended.status()).as(ended.err()).isZero();
    }

    private Command.Ended verify(String... folders) throws Exception {
        return verify(directory, folders);
    }

    private Command.Ended verify(Path services, String... folders) throws Exception {
        return verifyAt(services, "http://127.0.0.1:9/", folders);
    }

    private Command.Ended verifyAt(Path services, String dropPoint, String... folders) throws Exception {
        String classPath = services + File.pathSeparator + Built.classPath(folders);
        return Command.of(
                        Built.java(),
                        "-cp",
                        classPath,
                        VerifyMain.class.getName(),
                        directory.resolve("stats").toString(),
                        dropPoint)
                .run();
    }

    /** Declares a provider for the class path, for the service that it implements. */
    private Path services(Class<?> provider) throws Exception {
        Path services = Files.createDirectories(directory.resolve("services/META-INF/services"));
        String service = Stream.of(provider.getInterfaces())
                .map(Class::getName)
                .filter(name -> name.endsWith("Provider"))
                .findFirst()
                .orElseThrow();
        Files.writeString(services.resolve(service), provider.getName());
        return directory.resolve("services");
    }

    private static void tool(String name, String... args) {
        PrintWriter out = new PrintWriter(System.out, true);
        assertThat(ToolProvider.findFirst(name).orElseThrow().run(out, out, args))
                .isZero();
    }
}
