package org.usagestats.it;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows of the design, and the smells it does without. */
class ArchitectureTest {

    private static final String API = "org.usagestats.api..";
    private static final String SPI = "org.usagestats.spi..";
    private static final String SINK = "org.usagestats.sink";
    private static final String JSPECIFY = "org.jspecify..";

    private static final List<String> FOLDERS = List.of(
            "usagestats-api",
            "usagestats-core",
            "transport-http",
            "transport-subprocess",
            "sink-api",
            "sink-kit",
            "sink-testkit",
            "sink-columns",
            "sink-files",
            "sink-jsonl",
            "query",
            "dashboard",
            "server-records",
            "server-http",
            "server-senders",
            "server-settings",
            "server-tls",
            "server-access",
            "server-minimal",
            "example-program");

    private static final JavaClasses ALL = new ClassFileImporter()
            .importPaths(FOLDERS.stream()
                    .map(folder -> Built.ROOT.resolve(folder).resolve("target/classes"))
                    .toList());

    @Test
    void eachModuleUsesOnlyWhatTheDesignDraws() {
        uses("org.usagestats.api..", "java..");
        uses("org.usagestats.spi..", "java..", API);
        uses("org.usagestats.sink", "java..", API);
        uses("org.usagestats.core..", "java..", "javax.crypto..", API, SPI);
        uses("org.usagestats.transport.http..", "java..", "javax.net..", API, SPI);
        uses("org.usagestats.transport.subprocess..", "java..", API, SPI);
        uses("org.usagestats.sink.kit..", "java..", API, SINK, "tools.jackson.core..");
        uses("org.usagestats.sink.testkit..", "java..", "org.usagestats.sink.kit..");
        uses("org.usagestats.sink.files..", "java..", API, SINK, "org.usagestats.sink.kit..");
        uses("org.usagestats.sink.columns..", "java..", SINK, "org.usagestats.sink.kit..");
        uses(
                "org.usagestats.sink.jsonl..",
                "java..",
                API,
                SINK,
                "org.usagestats.sink.kit..",
                "org.usagestats.sink.columns..");
        uses("org.usagestats.dashboard..", "java..", SINK);
        uses("org.usagestats.query..", "java..", SINK, "tools.jackson.core..");
        uses("org.usagestats.server.records..", "java..", SINK, "org.usagestats.query", "tools.jackson.core..");
        uses(
                "org.usagestats.server.http..",
                "java..",
                "com.sun.net.httpserver..",
                "tools.jackson.core..",
                "org.usagestats.server.records");
        uses("org.usagestats.server.senders..", "java..");
        uses(
                "org.usagestats.server.settings..",
                "java..",
                "org.apache.commons.cli..",
                "org.usagestats.query",
                "org.usagestats.server.records");
        uses("org.usagestats.server.tls..", "java..", "javax.net.ssl..");
        uses(
                "org.usagestats.server.access..",
                "java..",
                "com.sun.net.httpserver..",
                SINK,
                "org.usagestats.query",
                "org.usagestats.server.http",
                "org.usagestats.server.senders",
                "org.usagestats.server.tls");
        uses(
                "org.usagestats.server",
                "java..",
                "com.sun.net.httpserver..",
                "javax.net.ssl..",
                "tools.jackson.core..",
                API,
                SINK,
                "org.usagestats.query",
                "org.usagestats.dashboard",
                "org.usagestats.server.access",
                "org.usagestats.server.http",
                "org.usagestats.server.records",
                "org.usagestats.server.senders",
                "org.usagestats.server.settings",
                "org.usagestats.server.tls");
    }

    private static void uses(String owner, String... others) {
        List<String> allowed = new ArrayList<>(List.of(others));
        allowed.add(owner);
        allowed.add(JSPECIFY);
        classes()
                .that()
                .resideInAPackage(owner)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed.toArray(String[]::new))
                        .or(JavaClass.Predicates.simpleNameEndingWith("[]")))
                .check(ALL);
    }

    @Test
    void noPackagesGoInCircles() {
        slices().matching("org.usagestats.(**)").should().beFreeOfCycles().check(ALL);
    }

    @Test
    void onlyProgramsWriteToStandardStreamsAndOnlyQuestionsAreShown() {
        ArchRule rule = noClasses()
                .that(not(resideInAnyPackage("org.usagestats.example..")))
                .and()
                .doNotHaveSimpleName("Prompt")
                .and()
                .doNotHaveSimpleName("Ask")
                .and()
                .doNotHaveFullyQualifiedName("org.usagestats.server.Main")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace");
        rule.check(ALL);
    }

    @Test
    void namesSaySomething() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameEndingWith("Processor")
                .orShould()
                .haveSimpleNameEndingWith("Engine")
                .orShould()
                .haveSimpleNameStartingWith("Abstract")
                .check(ALL);
    }

    @Test
    void noPublicMethodTakesABoolean() {
        noMethods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .arePublic()
                .and()
                .doNotHaveName("equals")
                .should()
                .haveRawParameterTypes(boolean.class)
                .check(ALL);
    }

    @Test
    void noTestSleeps() throws IOException {
        try (Stream<Path> files = Files.walk(Built.ROOT)) {
            List<Path> sleeping = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("/src/test/"))
                    .filter(file -> !file.endsWith("ArchitectureTest.java"))
                    .filter(file -> text(file).contains("Thread.sleep("))
                    .toList();
            assertThat(sleeping).isEmpty();
        }
    }

    static Stream<String> folders() {
        return FOLDERS.stream();
    }

    @ParameterizedTest
    @MethodSource("folders")
    void servicesAreDeclaredTheSameForTheModulePathAndTheClassPath(String folder) throws IOException {
        Path classes = Built.ROOT.resolve(folder).resolve("target/classes");
        Map<String, Set<String>> declared = new TreeMap<>();
        for (ModuleDescriptor.Provides provides : module(classes).provides()) {
            declared.put(provides.service(), new TreeSet<>(provides.providers()));
        }

        Map<String, Set<String>> onClassPath = new TreeMap<>();
        Path services = classes.resolve("META-INF/services");
        if (Files.isDirectory(services)) {
            try (Stream<Path> files = Files.list(services)) {
                files.forEach(file -> onClassPath.put(
                        file.getFileName().toString(),
                        new TreeSet<>(text(file)
                                .lines()
                                .filter(line -> !line.isBlank())
                                .toList())));
            }
        }
        assertThat(onClassPath).isEqualTo(declared);
    }

    @ParameterizedTest
    @MethodSource("folders")
    void everyPackageIsNullMarkedAndProvidersAreNotExported(String folder) {
        ModuleDescriptor module = module(Built.ROOT.resolve(folder).resolve("target/classes"));
        for (String name : module.packages()) {
            assertThat(ALL.getPackage(name).isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                    .as(name)
                    .isTrue();
        }
        Set<String> exported = new TreeSet<>();
        module.exports().forEach(exports -> exported.add(exports.source()));
        module.provides()
                .forEach(provides -> provides.providers()
                        .forEach(provider ->
                                assertThat(exported).doesNotContain(provider.substring(0, provider.lastIndexOf('.')))));
    }

    @Test
    void theFourClientArtifactsAreSmallAndNeedNothingElse() throws IOException {
        long bytes = 0;
        for (String folder : List.of("usagestats-api", "usagestats-core", "transport-http", "transport-subprocess")) {
            bytes += Files.size(Built.jar(folder));
            module(Built.jar(folder))
                    .requires()
                    .forEach(needed -> assertThat(needed.name().startsWith("java.")
                                    || needed.name().startsWith("org.usagestats.")
                                    || needed.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
                            .as(folder + " requires " + needed)
                            .isTrue());
        }
        assertThat(bytes).isLessThan(192 * 1024);
    }

    private static ModuleDescriptor module(Path path) {
        return ModuleFinder.of(path).findAll().stream()
                .map(ModuleReference::descriptor)
                .findFirst()
                .orElseThrow();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
