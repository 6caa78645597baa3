package org.usagestats.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usagestats.api.Note.note;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.usagestats.api.Submission.Fate;
import org.usagestats.api.UsageStats;
import org.usagestats.spi.Dispatcher;
import org.usagestats.spi.DispatcherProvider;
import org.usagestats.spi.DrainProcess;
import org.usagestats.spi.Transport;
import org.usagestats.spi.TransportConfig;
import org.usagestats.spi.TransportProvider;
import org.usagestats.testkit.Await;

/** A hand-off that is made ready while the program works, and only where there will be one. */
class HeadStartTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private static final String WITNESS = "HeadStartTest.witness";

    private final List<String> calls = new CopyOnWriteArrayList<>();

    private volatile Runnable preparing = () -> {};

    @TempDir
    Path directory;

    private URLClassLoader loader;

    @AfterEach
    void close() throws IOException {
        System.getProperties().remove(WITNESS);
        loader.close();
    }

    @BeforeEach
    void provide() throws IOException {
        System.getProperties().put(WITNESS, (Consumer<String>) this::witness);
        Path services = Files.createDirectories(directory.resolve("plugins/META-INF/services"));
        Files.writeString(services.resolve(DispatcherProvider.class.getName()), SeenDispatcher.class.getName());
        Files.writeString(services.resolve(TransportProvider.class.getName()), NoTransport.class.getName());
        loader = new PluginLoader(directory.resolve("plugins"));
        try (UsageStats stats = builder().open()) {
            stats.enableReporting();
        }
    }

    @Test
    void aHandOffThatIsDueIsPreparedBeforeThereIsAReport() throws Exception {
        try (UsageStats stats = builder().open()) {
            Await.until("the preparation", SOON, () -> calls.contains("prepare"));
            awaitEnd();
            assertThat(calls).containsExactly("open", "prepare");

            assertThat(stats.submit(note("n", 1)).fate()).isEqualTo(Fate.SPOOLED);

            assertThat(calls).containsExactly("open", "prepare", "start");
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsPreparedWhereNothingWillBeHandedOff(Reason reason) throws Exception {
        UsageStatsClient.Builder builder = reason.arrange(this);

        try (UsageStats stats = builder.open()) {
            assertThat(stats.consent().recording()).isEqualTo(reason.isRecording());
            assertThat(headStarts()).isEmpty();
        }
        assertThat(calls).isEmpty();
    }

    @Test
    void aReportThatIsSubmittedAtOnceWaitsForNoPreparation() throws Exception {
        CountDownLatch submitted = new CountDownLatch(1);
        preparing = () -> await(submitted);
        try (UsageStats stats = builder().open()) {
            Await.until("the preparation", SOON, () -> calls.contains("prepare"));

            stats.submit(note("n", 1));

            assertThat(calls).endsWith("start");
        } finally {
            submitted.countDown();
            awaitEnd();
        }
    }

    @Test
    void aPreparationThatFailsTakesNothingFromTheHandOff() throws Exception {
        preparing = () -> {
            throw new NoClassDefFoundError("no class");
        };
        try (UsageStats stats = builder().open()) {
            Await.until("the preparation", SOON, () -> calls.contains("prepare"));
            awaitEnd();

            assertThat(stats.submit(note("n", 1)).fate()).isEqualTo(Fate.SPOOLED);

            assertThat(calls).endsWith("start");
        }
    }

    /** Why nothing will be handed off. */
    enum Reason {
        IN_PROCESS {
            @Override
            UsageStatsClient.Builder arrange(HeadStartTest test) {
                return test.builder(false);
            }
        },
        OWN_TRANSPORT {
            @Override
            UsageStatsClient.Builder arrange(HeadStartTest test) {
                return test.builder().transport(new ScriptedTransport());
            }
        },
        NOTHING_DUE {
            @Override
            UsageStatsClient.Builder arrange(HeadStartTest test) throws IOException {
                DrainState.NONE.succeeded(System.currentTimeMillis(), List.of()).write(test.spool());
                return test.builder();
            }
        },
        BACKING_OFF {
            @Override
            UsageStatsClient.Builder arrange(HeadStartTest test) throws IOException {
                DrainState.NONE
                        .failed(System.currentTimeMillis() + 60_000, false, List.of())
                        .write(test.spool());
                return test.builder();
            }
        },
        SWITCHED_OFF {
            @Override
            UsageStatsClient.Builder arrange(HeadStartTest test) {
                return test.builder().environment(Map.of("DO_NOT_TRACK", "1"));
            }
        },
        DISABLED {
            @Override
            UsageStatsClient.Builder arrange(HeadStartTest test) throws IOException {
                Files.delete(test.directory.resolve("stats/consent"));
                try (UsageStats stats = test.builder().open()) {
                    stats.disableReporting();
                }
                return test.builder();
            }
        },
        UNDECIDED {
            @Override
            UsageStatsClient.Builder arrange(HeadStartTest test) throws IOException {
                Files.delete(test.directory.resolve("stats/consent"));
                return test.builder();
            }
        };

        abstract UsageStatsClient.Builder arrange(HeadStartTest test) throws IOException;

        boolean isRecording() {
            return this != SWITCHED_OFF && this != DISABLED;
        }
    }

    /** Tells of its calls by a system property, which plug-ins of another loader see too. */
    public static final class SeenDispatcher implements DispatcherProvider, Dispatcher {

        @Override
        public String name() {
            return "detached";
        }

        @Override
        public Dispatcher open() {
            tell("open");
            return this;
        }

        @Override
        public void prepare(DrainProcess process) {
            tell("prepare");
        }

        @Override
        public void start(DrainProcess process) {
            tell("start");
        }

        @SuppressWarnings("unchecked")
        private static void tell(String call) {
            ((Consumer<String>) System.getProperties().get(WITNESS)).accept(call);
        }
    }

    /** Is found, and never opened in this process. */
    public static final class NoTransport implements TransportProvider {

        @Override
        public Set<String> schemes() {
            return Set.of("https");
        }

        @Override
        public Transport open(TransportConfig config) throws IOException {
            throw new IOException("opened");
        }
    }

    /** Loads these plug-ins as those of a class path are loaded: by a loader of their own, outside of every named module. */
    private static final class PluginLoader extends URLClassLoader {

        private PluginLoader(Path services) throws IOException {
            super(new URL[] {services.toUri().toURL()}, HeadStartTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(HeadStartTest.class.getName() + "$")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            String file = name.substring(name.lastIndexOf('.') + 1) + ".class";
            try (InputStream in = HeadStartTest.class.getResourceAsStream(file)) {
                byte[] code = in.readAllBytes();
                return defineClass(name, code, 0, code.length, HeadStartTest.class.getProtectionDomain());
            } catch (IOException unreadable) {
                throw new ClassNotFoundException(name, unreadable);
            }
        }
    }

    private void witness(String call) {
        calls.add(call);
        if (call.equals("prepare")) {
            preparing.run();
        }
    }

    private UsageStatsClient.Builder builder() {
        return builder(true);
    }

    private UsageStatsClient.Builder builder(boolean detached) {
        UsageStatsClient.Builder builder = UsageStatsClient.builder("cool-program", "0.1")
                .environment(Map.of())
                .systemFolder(directory.resolve("policy").toFile())
                .location(directory.resolve("stats"))
                .pluginsFrom(loader)
                .dropPoint(URI.create("https://localhost/"));
        return detached ? builder.detached() : builder;
    }

    private Spool spool() {
        return new Spool(new SpoolDirectory(directory.resolve("stats").toFile()));
    }

    private static void awaitEnd() throws Exception {
        for (Thread thread : headStarts()) {
            thread.join(SOON.toMillis());
            assertThat(thread.isAlive()).isFalse();
        }
    }

    private static List<Thread> headStarts() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread instanceof HeadStart)
                .toList();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException woken) {
            Thread.currentThread().interrupt();
        }
    }
}
