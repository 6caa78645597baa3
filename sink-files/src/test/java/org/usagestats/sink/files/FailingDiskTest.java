package org.usagestats.sink.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.sink.Durability;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.SinkFullException;
import org.usagestats.sink.testkit.FaultyDisk;
import org.usagestats.sink.testkit.PowerCutDisk;

class FailingDiskTest {

    @TempDir
    Path temporary;

    /** Which operations fail when the k-th is the first to do so. */
    enum Faults {
        ONE(k -> operation -> operation == k),
        TWO(k -> operation -> operation == k || operation == k + 1),
        THREE(k -> operation -> operation >= k && operation < k + 3),
        ALL_SINCE(k -> operation -> operation >= k);

        private final IntFunction<IntPredicate> from;

        Faults(IntFunction<IntPredicate> from) {
            this.from = from;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whateverOperationFailsWhatWasAcknowledgedIsServedOnceAndWhatWasErasedIsNot(Faults faults) throws IOException {
        for (Durability durability : Durability.values()) {
            boolean reached = true;
            for (int k = 1; reached; k++) {
                Path directory = Files.createTempDirectory(temporary, "faults").toRealPath();
                History history = new History(directory, new PowerCutDisk(directory));
                history.disk().failWhen(faults.from.apply(k));
                run(history, durability);
                reached = history.disk().operations() >= k;
                history.checkNow(faults + " from " + k + ", " + durability);
            }
        }
    }

    private static void run(History history, Durability durability) {
        try (FilesSink sink = history.open(durability)) {
            tryTwice(() -> history.append(sink, 1, 3));
            tryTwice(() -> history.erase(sink, 1, 1));
            tryTwice(() -> history.append(sink, 4, 6));
            tryTwice(() -> history.erase(sink, 5, 5));
        } catch (IOException refused) {
            assertThat(refused).hasMessageContaining("Input/output error");
        }
    }

    /** Something that is asked of a sink. */
    interface Request {
        void ask() throws IOException;
    }

    private static void tryTwice(Request request) {
        for (int attempt = 0; attempt < 2; attempt++) {
            try {
                request.ask();
            } catch (IOException notDone) {
                assertThat(notDone).hasMessageContaining("Input/output error");
            }
        }
    }

    @Test
    void aDuplicateIsAnsweredAlthoughTheDiskFails() throws IOException {
        FaultyDisk disk = new FaultyDisk();
        try (FilesSink sink = FilesSink.open(disk, temporary, Durability.ALWAYS)) {
            sink.append(History.reports(1, 1));
            disk.failWhen(operation -> true);
            assertThat(sink.append(History.reports(1, 1))).containsExactly(Outcome.DUPLICATE);
            assertThatThrownBy(() -> sink.append(History.reports(1, 2))).isInstanceOf(IOException.class);
            disk.failWhen(operation -> false);
            assertThat(sink.append(History.reports(1, 2))).containsExactly(Outcome.DUPLICATE, Outcome.STORED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"No space left on device", "Disk quota exceeded", "File too large"})
    void aDiskWithoutRoomIsToldFromABrokenOneAndHoldsNothingOfTheBatch(String message) throws IOException {
        FaultyDisk disk = new FaultyDisk();
        try (FilesSink sink = FilesSink.open(disk, temporary, Durability.ALWAYS)) {
            int before = disk.operations();
            sink.append(History.reports(1, 1));
            int eachReport = disk.operations() - before - 1;
            int secondWrite = disk.operations() + eachReport + 2;
            disk.failWhen(operation -> operation == secondWrite, message);
            assertThatExceptionOfType(SinkFullException.class)
                    .isThrownBy(() -> sink.append(History.reports(2, 3)))
                    .withMessageContaining(message);
            try (Stream<Path> files = Files.list(temporary)) {
                assertThat(files).hasSize(1);
            }
            assertThat(sink.append(History.reports(2, 3))).containsOnly(Outcome.STORED);
        }
    }
}
