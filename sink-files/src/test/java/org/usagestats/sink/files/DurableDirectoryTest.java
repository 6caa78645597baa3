package org.usagestats.sink.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.sink.kit.LocalDisk;
import org.usagestats.testkit.Await;

class DurableDirectoryTest {

    @TempDir
    private Path temporary;

    @Test
    void missingDirectoriesAreMade() throws Exception {
        DurableDirectory directory = DurableDirectory.create(new LocalDisk(), temporary.resolve("a/../b/c/d"));

        assertThat(directory.path())
                .isDirectory()
                .isEqualTo(temporary.toRealPath().resolve("b/c/d"));
        assertThat(temporary.resolve("a")).doesNotExist();
    }

    @Test
    void directoryThatCannotBeMadeIsNamedWithTheReason() {
        assertThatIOException()
                .isThrownBy(() -> DurableDirectory.create(new LocalDisk(), Path.of("/proc/usagestats/reports")))
                .withMessageContaining("cannot make the directory /proc/usagestats: ")
                .withMessageNotContaining("\n");
    }

    @Test
    @Timeout(60)
    void everyoneWhoSyncsGetsAnAnswer() throws Exception {
        DurableDirectory directory = DurableDirectory.create(new LocalDisk(), temporary);
        Callable<Void> syncs = () -> {
            for (int i = 0; i < 100; i++) {
                directory.sync();
            }
            return null;
        };
        ExecutorService threads = Executors.newFixedThreadPool(8);
        for (Future<Void> done : threads.invokeAll(Collections.nCopies(8, syncs))) {
            done.get();
        }
        threads.shutdown();
    }

    @Test
    @Timeout(60)
    void whoComesWhileASyncRunsWaitsForTheNextWhichAllOfThemShare() throws Exception {
        AtomicInteger syncs = new AtomicInteger();
        CountDownLatch gate = new CountDownLatch(1);
        DurableDirectory directory = DurableDirectory.create(
                new LocalDisk() {
                    @Override
                    public void syncDirectory(Path path) throws IOException {
                        syncs.incrementAndGet();
                        try {
                            gate.await();
                        } catch (InterruptedException ended) {
                            throw new IOException(ended);
                        }
                    }
                },
                temporary);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> assertThatCode(directory::sync).doesNotThrowAnyException());
            threads.add(thread);
            thread.start();
            Await.until(
                    "one syncs, the others wait",
                    Duration.ofSeconds(30),
                    () -> syncs.get() == 1 && thread.getState() == Thread.State.WAITING);
        }
        gate.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(syncs).hasValue(2);
    }

    @Test
    void failureIsToldAndTheNextSyncIsTriedAnew() throws Exception {
        DurableDirectory directory = DurableDirectory.create(new LocalDisk(), temporary.resolve("gone"));
        Files.delete(directory.path());
        assertThatIOException().isThrownBy(directory::sync).withMessageContaining("gone");

        Files.createDirectory(directory.path());
        directory.sync();
    }
}
