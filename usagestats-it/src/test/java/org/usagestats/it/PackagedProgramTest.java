package org.usagestats.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.Attributes.Name;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.spi.ToolProvider;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.testkit.Await;
import org.usagestats.testkit.LoopbackCollector;
import org.usagestats.testkit.ScriptedAnswer;

/** Programs packed so that the detached process cannot simply be started from the same path by the same java command. */
@EnabledOnOs(OS.LINUX)
class PackagedProgramTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String LOADER = "org.springframework.boot.loader.launch.JarLauncher";
    private static final String[] CLIENT = {
        "usagestats-api", "usagestats-core", "transport-http", "transport-subprocess"
    };

    @TempDir
    Path directory;

    private Path stats;

    @BeforeEach
    void place() throws IOException {
        stats = directory.toRealPath().resolve("stats");
    }

    @Test
    void aJarOfJarsDeliversDetachedThroughTheLoaderThatItBrings() throws Exception {
        deliversDetached(Built.java(), "-jar", jarOfJars().toString());
    }

    @Test
    void anApplicationImageWithoutAJavaCommandDeliversDetachedByStartingItsOwnLauncher() throws Exception {
        Path launcher = applicationImage();
        assertThat(directory.resolve("image/submit/lib/runtime/bin/java")).doesNotExist();

        deliversDetached(launcher.toString());
    }

    @Test
    void theLineThatThePageShowsIsTheOneThatTheProgramHas() throws Exception {
        String source = Files.readString(Built.ROOT.resolve(
                "usagestats-it/src/test/java/" + SubmitMain.class.getName().replace('.', '/') + ".java"));

        assertThat(Page.read("docs/detached.md").blocks("java"))
                .singleElement()
                .satisfies(sample -> assertThat(source).contains(sample.indent(8)));
    }

    @Test
    void theFirstProcessOfAContainerDeliversFromItself() throws Exception {
        List<String> container = List.of("unshare", "-rpf", "--mount-proc", "--kill-child");
        assumeTrue(Command.of("true").after(container).run().status() == 0, "no namespaces here");
        try (LoopbackCollector collector = LoopbackCollector.open()) {
            String dropPoint = collector.dropPoint().toString();
            Command.submitMain(stats.toString(), dropPoint, "in-process", "0", "0", "agrees")
                    .run();
            try (Command.Running program = Command.submitMain(
                            stats.toString(), dropPoint, "detached", "7", "1", "stays")
                    .after(container)
                    .start()) {
                Await.until("the report", SOON, () -> !collector.received().isEmpty());

                assertThat(DrainProcesses.of(stats)).isEmpty();
                assertThat(program.err()).isEmpty();
            }
        }
    }

    /** Has the program deliver, and sees that another process does when it has ended. */
    private void deliversDetached(String... program) throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        try (LoopbackCollector collector = LoopbackCollector.open()) {
            collector.answerAlways(held(arrived, released));
            String dropPoint = collector.dropPoint().toString();
            run(program, stats.toString(), dropPoint, "in-process", "0", "0", "agrees");

            run(program, stats.toString(), dropPoint, "detached", "7", "1", "ends");

            assertThat(arrived.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(DrainProcesses.with(stats)).hasSize(1);
            released.countDown();
            Await.until(
                    "the report to leave the spool",
                    SOON,
                    () -> stats.toFile().list((dir, name) -> name.startsWith("report_")).length == 0);
            Await.until(
                    "the process to end", SOON, () -> DrainProcesses.with(stats).isEmpty());
            assertThat(collector.received()).hasSize(1);
        }
    }

    private static void run(String[] program, String... arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of(program));
        words.addAll(List.of(arguments));
        assertThat(Command.of(words.toArray(String[]::new)).run()).isEqualTo(new Command.Ended(0, "submitted\n", ""));
    }

    private static ScriptedAnswer held(CountDownLatch arrived, CountDownLatch released) {
        return (request, out) -> {
            arrived.countDown();
            released.await();
            ScriptedAnswer.stored().answer(request, out);
        };
    }

    /** The program as Spring Boot's build plug-ins pack it: the loader, its own classes, and its libraries' jars as they are. */
    private Path jarOfJars() throws IOException {
        Path jar = directory.resolve("program.jar");
        Manifest manifest = manifest(LOADER);
        manifest.getMainAttributes().put(new Name("Start-Class"), SubmitMain.class.getName());
        manifest.getMainAttributes().put(new Name("Spring-Boot-Classes"), "BOOT-INF/classes/");
        manifest.getMainAttributes().put(new Name("Spring-Boot-Lib"), "BOOT-INF/lib/");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest);
                JarFile loader = new JarFile(Built.ROOT
                        .resolve("usagestats-it/target/spring-boot-loader.jar")
                        .toFile())) {
            for (Enumeration<JarEntry> entries = loader.entries(); entries.hasMoreElements(); ) {
                copy(loader, entries.nextElement(), out);
            }
            out.putNextEntry(new ZipEntry("BOOT-INF/classes/"));
            out.putNextEntry(new ZipEntry("BOOT-INF/classes/" + file(SubmitMain.class)));
            out.write(Files.readAllBytes(Built.testClasses().resolve(file(SubmitMain.class))));
            for (String folder : CLIENT) {
                store("BOOT-INF/lib/" + folder + ".jar", Files.readAllBytes(Built.jar(folder)), out);
            }
        }
        return jar;
    }

    private static void copy(JarFile from, JarEntry entry, JarOutputStream to) throws IOException {
        if (entry.getName().endsWith(".class")) {
            to.putNextEntry(new ZipEntry(entry.getName()));
            try (InputStream in = from.getInputStream(entry)) {
                in.transferTo(to);
            }
        }
    }

    /** Adds a file without compression, without which a jar in a jar cannot be read. */
    private static void store(String name, byte[] content, JarOutputStream out) throws IOException {
        CRC32 sum = new CRC32();
        sum.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(sum.getValue());
        out.putNextEntry(entry);
        out.write(content);
    }

    /** The program as {@code jpackage} packs it, with a JVM that has no commands; the path of its launcher. */
    private Path applicationImage() throws IOException {
        Path input = Files.createDirectory(directory.resolve("input"));
        for (String folder : CLIENT) {
            Files.copy(Built.jar(folder), input.resolve(folder + ".jar"));
        }
        try (OutputStream file = Files.newOutputStream(input.resolve("submit.jar"));
                JarOutputStream out = new JarOutputStream(file, manifest(SubmitMain.class.getName()))) {
            out.putNextEntry(new ZipEntry(file(SubmitMain.class)));
            out.write(Files.readAllBytes(Built.testClasses().resolve(file(SubmitMain.class))));
        }
        PrintWriter log = new PrintWriter(System.out, true);
        String[] arguments = {
            "--type", "app-image",
            "--name", "submit",
            "--input", input.toString(),
            "--main-jar", "submit.jar",
            "--main-class", SubmitMain.class.getName(),
            "--add-modules", "java.net.http",
            "--dest", directory.resolve("image").toString()
        };
        assertThat(ToolProvider.findFirst("jpackage").orElseThrow().run(log, log, arguments))
                .isZero();
        return directory.resolve("image/submit/bin/submit");
    }

    private static Manifest manifest(String mainClass) {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Name.MANIFEST_VERSION, "1.0");
        attributes.put(Name.MAIN_CLASS, mainClass);
        return manifest;
    }

    private static String file(Class<?> type) {
        return type.getName().replace('.', '/') + ".class";
    }
}
