package org.usagestats.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usagestats.api.Note.note;

import java.io.File;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.api.Part;
import org.usagestats.api.Recorder;
import org.usagestats.api.Submission;
import org.usagestats.api.Submission.Fate;
import org.usagestats.api.UsageStats;
import org.usagestats.spi.ConsentStore;
import org.usagestats.spi.ConsentStoreProvider;
import org.usagestats.testkit.Await;

/** What a program's own objects may do while the client holds them, and nobody else must wait for. */
class AwkwardHostTest {

    @TempDir
    Path directory;

    private final CountDownLatch hanging = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void submittingDoesNotWaitForAStoreThatADrainWaitsFor() throws Exception {
        try (UsageStats stats = builder().consentStore(new SlowStore()).open()) {
            stats.enableReporting();
            stats.submit(note("n", 1));
            hanging.await();

            assertThat(stats.submit(note("n", 2)).fate()).isEqualTo(Fate.SPOOLED);
        } finally {
            released.countDown();
        }
        Await.until("the drain's end", ClientTest.SOON, () -> !ClientTest.isDraining());
    }

    /** The value's text takes a lock, and whoever has that notes something in his turn. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aValueThatWaitsForAnotherThreadsNoteIsNoDeadlock() throws Exception {
        try (UsageStats stats = builder().open()) {
            for (Consumer<Object> noting : List.<Consumer<Object>>of(
                    value -> stats.note("value", value),
                    value -> stats.note(Map.of("value", value)),
                    value -> stats.library("lib", "1").note(Map.of("value", value)),
                    value -> stats.submit(note("value", value)))) {
                noting.accept(new Waiting(() -> stats.note("other", 1)));
            }
            stats.submit();

            assertThat(stats.pending().get(0).text())
                    .contains(
                            "other:1\nvalue:waited\nother:1\nvalue:waited\nother:1\nlib.version:1\nlib.value:waited\n");
        }
    }

    @Test
    void aNamedStoreThatCannotBeOpenedIsNoConsentAndSaysWhy() throws Exception {
        Path source = Files.createDirectory(directory.resolve("plugin")).resolve("DownStore.java");
        Files.writeString(source, """
                public class DownStore implements org.usagestats.spi.ConsentStoreProvider {
                    public String name() {
                        return "down";
                    }

                    public org.usagestats.spi.ConsentStore open(String program, java.nio.file.Path directory) {
                        throw new IllegalStateException("the database is down");
                    }
                }
                """);
        Path services = Files.createDirectories(source.resolveSibling("META-INF/services"));
        Files.writeString(services.resolve(ConsentStoreProvider.class.getName()), "DownStore");
        String api = Path.of(codeOf(ConsentStoreProvider.class).toURI()).toString();
        assertThat(ToolProvider.findFirst("javac")
                        .orElseThrow()
                        .run(System.out, System.err, "-cp", api, "-proc:none", source.toString()))
                .isZero();

        URL[] plugin = {source.getParent().toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(plugin, getClass().getClassLoader());
                UsageStats stats =
                        builder().consentStore("down").pluginsFrom(loader).open()) {
            assertThat(stats.submit().fate()).isEqualTo(Fate.DISCARDED);
            assertThat(stats.enableReporting().reason()).contains("the database is down");
        }
    }

    /** As a server does with an application that it takes out while a thread of it still works. */
    @Test
    void aSubmitAfterTheClassLoaderWasClosedDoesNotReachTheHost() throws Exception {
        URL[] code = {codeOf(UsageStatsClient.class), codeOf(Recorder.class)};
        // The loader of the platform would find the modules that this test runs in.
        URLClassLoader loader = new URLClassLoader(code, null);
        Object builder = loader.loadClass(UsageStatsClient.class.getName())
                .getMethod("builder", String.class, String.class)
                .invoke(null, "closed-loader", "1");
        call(builder, "dropPoint", URI.class, URI.create("https://localhost/"));
        call(builder, "location", Path.class, directory.resolve("stats"));
        Object stats = builder.getClass().getMethod("open").invoke(builder);
        Class<?> part = loader.loadClass(Part.class.getName());
        Object parts = Array.newInstance(part, 0);
        Method submit = loader.loadClass(Recorder.class.getName()).getMethod("submit", parts.getClass());
        // What the host knows already; what a report takes is loaded with the first one.
        Class.forName(Submission.class.getName(), true, loader);
        Class.forName(Fate.class.getName(), true, loader);
        loader.close();

        assertThat(String.valueOf(submit.invoke(stats, parts))).contains("DISCARDED", "NoClassDefFoundError");
    }

    /** A class path would take it for two places. */
    @Test
    void codeInAFolderWithTheSignBetweenFoldersInItsNameIsNotHandedToAnotherProcess() throws Exception {
        Path folder = Files.createDirectory(directory.resolve("a" + File.pathSeparator + "b"));
        List<URL> code = new ArrayList<>();
        for (Class<?> type : List.of(UsageStatsClient.class, Recorder.class)) {
            Path link = folder.resolve(type.getSimpleName());
            code.add(Files.createSymbolicLink(link, Path.of(codeOf(type).toURI()))
                    .toUri()
                    .toURL());
        }
        try (URLClassLoader loader = new URLClassLoader(code.toArray(URL[]::new), null)) {
            Class<?> command = loader.loadClass(JavaCommand.class.getName());
            Constructor<?> constructor = command.getDeclaredConstructor(Class.class);
            constructor.setAccessible(true);
            Method drainOf = command.getDeclaredMethod("drainOf", Path.class, Map.class);
            drainOf.setAccessible(true);

            assertThat(drainOf.invoke(constructor.newInstance(command), directory, Map.of()))
                    .isNull();
        }
    }

    private static URL codeOf(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    private static void call(Object builder, String method, Class<?> type, Object argument) throws Exception {
        builder.getClass().getMethod(method, type).invoke(builder, argument);
    }

    private UsageStatsClient.Builder builder() {
        return UsageStatsClient.builder("awkward-host", "1")
                .dropPoint(URI.create("https://localhost/"))
                .location(directory.resolve("stats"))
                .transport(new ScriptedTransport())
                .waitAtClose(Duration.ofMillis(1))
                .environment(Map.of());
    }

    /** Tells its text once another thread did something. */
    private record Waiting(Runnable other) {

        @Override
        public String toString() {
            try {
                Thread thread = new Thread(other);
                thread.start();
                thread.join();
                return "waited";
            } catch (InterruptedException stop) {
                throw new IllegalStateException(stop);
            }
        }
    }

    /** Hangs when a drain asks. */
    private final class SlowStore implements ConsentStore {

        private String record = "";

        @Override
        public Optional<String> read() {
            if (Thread.currentThread().getName().equals("usagestats-drain")) {
                hanging.countDown();
                await(released);
            }
            return record.isEmpty() ? Optional.empty() : Optional.of(record);
        }

        @Override
        public void write(String text) {
            record = text;
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await(120, TimeUnit.SECONDS);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
