package org.usagestats.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.testkit.Await;
import org.usagestats.testkit.LoopbackCollector;

/** Two copies of the library in one JVM, as two plug-ins of an application server have them, with one spool. */
class TwoCopiesTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void nothingIsLostOrDoubledAndTheCopiesCanBeForgotten() throws Exception {
        List<WeakReference<ClassLoader>> copies = new ArrayList<>();
        try (LoopbackCollector collector = LoopbackCollector.open()) {
            ExecutorService threads = Executors.newFixedThreadPool(2);
            List<Future<?>> ended = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                URLClassLoader copy = copy();
                copies.add(new WeakReference<>(copy));
                ended.add(threads.submit(submitting(copy, collector, 100 * i)));
            }
            for (Future<?> future : ended) {
                future.get();
            }
            threads.shutdown();

            assertThat(directory.resolve("stats").toFile().list((dir, name) -> name.startsWith("report_")))
                    .isEmpty();
            assertThat(collector.received().stream()
                            .map(request ->
                                    request.header("Usagestats-Report-Id").orElseThrow()))
                    .hasSize(200)
                    .doesNotHaveDuplicates();
        }
        Await.until("the copies to be collected", SOON, () -> {
            System.gc();
            return copies.stream().allMatch(copy -> copy.get() == null);
        });
    }

    private Callable<Void> submitting(URLClassLoader copy, LoopbackCollector collector, int first) throws Exception {
        @SuppressWarnings("unchecked")
        Callable<Void> copyMain = (Callable<Void>) copy.loadClass(CopyMain.class.getName())
                .getConstructor(String.class, String.class, int.class)
                .newInstance(
                        directory.resolve("stats").toString(),
                        collector.dropPoint().toString(),
                        first);
        return () -> {
            try (copy) {
                return copyMain.call();
            }
        };
    }

    private static URLClassLoader copy() throws IOException {
        URL[] code = {
            Built.testClasses().toUri().toURL(),
            Built.jar("usagestats-api").toUri().toURL(),
            Built.jar("usagestats-core").toUri().toURL(),
            Built.jar("transport-http").toUri().toURL()
        };
        return new URLClassLoader(code, ClassLoader.getPlatformClassLoader());
    }
}
