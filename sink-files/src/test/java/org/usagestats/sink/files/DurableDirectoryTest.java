package org.usagestats.sink.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DurableDirectoryTest {

    @TempDir
    private Path temporary;

    @Test
    void missingDirectoriesAreMade() throws Exception {
        DurableDirectory directory = DurableDirectory.create(temporary.resolve("a/../b/c/d"));

        assertThat(directory.path())
                .isDirectory()
                .isEqualTo(temporary.toRealPath().resolve("b/c/d"));
        assertThat(temporary.resolve("a")).doesNotExist();
    }

    @Test
    void directoryThatCannotBeMadeIsNamedWithTheReason() {
        assertThatIOException()
                .isThrownBy(() -> DurableDirectory.create(Path.of("/proc/usagestats/reports")))
                .withMessageContaining("cannot make the directory /proc/usagestats: ")
                .withMessageNotContaining("\n");
    }

    @Test
    @Timeout(60)
    void everyoneWhoSyncsGetsAnAnswer() throws Exception {
        DurableDirectory directory = DurableDirectory.create(temporary);
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
    void failureIsToldAndTheNextSyncIsTriedAnew() throws Exception {
        DurableDirectory directory = DurableDirectory.create(temporary.resolve("gone"));
        Files.delete(directory.path());
        assertThatIOException().isThrownBy(directory::sync).withMessageContaining("gone");

        Files.createDirectory(directory.path());
        directory.sync();
    }
}
