package org.usagestats.sink.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.usagestats.sink.Durability;
import org.usagestats.sink.testkit.PowerCutDisk;

/** Whenever the power goes, what was acknowledged is there once, nothing torn is served, and the sink takes more. */
class PowerCutTest {

    private static final int CUTS = Boolean.getBoolean("usagestats.thorough") ? 400 : 12;

    @TempDir
    Path temporary;

    private final Random chance = new Random(20261123);

    /** What happened before the power went. */
    enum Before {
        /** One operation failed, and what was asked was asked again. */
        FAULT(k -> operation -> operation == k),
        /** The process was killed, and what was asked was asked of the next. */
        KILL(k -> operation -> operation >= k);

        private final IntFunction<IntPredicate> from;

        Before(IntFunction<IntPredicate> from) {
            this.from = from;
        }
    }

    /** Something that is asked of a sink, and asked again if it failed. */
    interface Request {
        void ask(History history, FilesSink sink) throws IOException;
    }

    @Test
    void whatWasAcknowledgedIsThereOnce() throws IOException {
        History history = history();
        for (int first = 1; first < 20; first += 6) {
            try (FilesSink sink = history.open(Durability.ALWAYS)) {
                history.append(sink, first, first);
                history.append(sink, first + 1, first + 3);
                history.append(sink, first + 4, first + 5);
            }
        }
        history.cut(0, 10 * CUTS, chance, temporary);
    }

    @ParameterizedTest
    @EnumSource
    void whatWasAcknowledgedAfterATroubleIsThereOnce(Before trouble) throws IOException {
        checkAtEachStep(trouble, (history, sink) -> history.append(sink, 4, 5));
    }

    @ParameterizedTest
    @EnumSource
    void whatWasErasedAfterATroubleStaysSo(Before trouble) throws IOException {
        checkAtEachStep(trouble, (history, sink) -> history.erase(sink, 1, 2));
    }

    private void checkAtEachStep(Before trouble, Request request) throws IOException {
        boolean reached = true;
        for (int step = 1; reached; step++) {
            History history = history();
            try (FilesSink sink = history.open(Durability.ALWAYS)) {
                history.append(sink, 1, 3);
            }
            int changes = history.disk().changes();
            int operation = history.disk().operations() + step;
            history.disk().failWhen(trouble.from.apply(operation));
            askTwice(history, request);
            reached = history.disk().operations() >= operation;
            history.disk().failWhen(none -> false);
            try (FilesSink sink = history.open(Durability.ALWAYS)) {
                request.ask(history, sink);
            }
            history.cut(changes, CUTS, chance, temporary);
        }
    }

    private static void askTwice(History history, Request request) {
        try (FilesSink sink = history.open(Durability.ALWAYS)) {
            try {
                request.ask(history, sink);
            } catch (IOException again) {
                request.ask(history, sink);
            }
        } catch (IOException refused) {
            assertThat(refused).hasMessageContaining("Input/output error");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasImportedAfterATroubleIsThereOnce(Before trouble) throws IOException {
        boolean reached = true;
        for (int step = 1; reached; step++) {
            History history = history();
            history.bringIn(1, 2);
            int changes = history.disk().changes();
            int operation = history.disk().operations() + step;
            history.disk().failWhen(trouble.from.apply(operation));
            try {
                history.bringIn(1, 4);
            } catch (IOException refused) {
                assertThat(refused).hasMessageContaining("Input/output error");
            }
            reached = history.disk().operations() >= operation;
            history.disk().failWhen(none -> false);
            history.bringIn(1, 4);
            history.cut(changes, CUTS, chance, temporary);
        }
    }

    @Test
    void whatManyWereToldAtOnceIsThereOnce() throws Exception {
        int threads = 4;
        int each = 5;
        History history = history();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (FilesSink sink = history.open(Durability.ALWAYS)) {
            List<Callable<Void>> work = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int first = 1 + thread * each;
                work.add(() -> {
                    for (int number = first; number < first + each; number++) {
                        history.append(sink, number, number);
                    }
                    return null;
                });
            }
            for (Future<Void> done : pool.invokeAll(work)) {
                done.get();
            }
        } finally {
            pool.shutdown();
        }
        history.cut(0, 10 * CUTS, chance, temporary);
    }

    @Test
    void whatWasToBeSyncedLaterIsThereOnceTheSinkIsClosed() throws IOException {
        History history = history();
        try (FilesSink sink = history.open(Durability.INTERVAL)) {
            history.append(sink, 1, 3);
            history.append(sink, 4, 4);
        }
        history.cut(history.disk().changes(), CUTS, chance, temporary);
    }

    /** Shows that a sync that is left out would be noticed. */
    @Test
    void aDiskThatSyncsNoFileLosesWhatWasAcknowledged() throws IOException {
        assertThatSomeIsLost(new PowerCutDisk(reports()) {
            @Override
            public synchronized void sync(FileChannel file) {}
        });
    }

    /** Shows that a sync that is left out would be noticed. */
    @Test
    void aDiskThatSyncsNoNamesLosesWhatWasAcknowledged() throws IOException {
        assertThatSomeIsLost(new PowerCutDisk(reports()) {
            @Override
            public synchronized void syncDirectory(Path directory) {}
        });
    }

    private void assertThatSomeIsLost(PowerCutDisk disk) throws IOException {
        History history = new History(reports(), disk);
        try (FilesSink sink = history.open(Durability.ALWAYS)) {
            history.append(sink, 1, 3);
        }
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> history.cut(disk.changes(), 20, chance, temporary));
    }

    private History history() throws IOException {
        Path directory = reports();
        return new History(directory, new PowerCutDisk(directory));
    }

    private Path reports() throws IOException {
        return Files.createTempDirectory(temporary, "history").toRealPath().resolve("reports");
    }
}
