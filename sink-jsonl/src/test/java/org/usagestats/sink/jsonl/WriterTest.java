package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.usagestats.sink.jsonl.Sample.NOON;
import static org.usagestats.sink.jsonl.Sample.exported;
import static org.usagestats.sink.jsonl.Sample.jsonOf;
import static org.usagestats.sink.jsonl.Sample.report;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.sink.Durability;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.kit.LocalDisk;
import org.usagestats.testkit.Await;

class WriterTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path root;

    private final GatedDisk disk = new GatedDisk();
    private final List<Thread> callers = new ArrayList<>();

    @Test
    void allThatWaitShareOneSync() throws Exception {
        try (JsonlSink sink = open(Durability.ALWAYS);
                disk) {
            disk.shut();
            CompletableFuture<List<Outcome>> first = append(sink, report(1));
            Await.until("the first report is being synced", LONG, disk::isWaitedFor);
            List<CompletableFuture<List<Outcome>>> others = new ArrayList<>();
            for (int number = 2; number <= 17; number++) {
                others.add(append(sink, report(number)));
            }
            awaitCallers();
            int syncs = disk.syncs();
            disk.open();

            assertThat(first.join()).containsExactly(Outcome.STORED);
            assertThat(others).allSatisfy(other -> assertThat(other.join()).containsExactly(Outcome.STORED));
            assertThat(disk.syncs()).isEqualTo(syncs + 2);
        }
    }

    @Test
    void aReportInFlightIsRecognised() throws Exception {
        ReceivedReport other = report(new UUID(0, 2), "n:other", NOON);
        try (JsonlSink sink = open(Durability.ALWAYS);
                disk) {
            disk.shut();
            append(sink, report(1));
            Await.until("the first report is being synced", LONG, disk::isWaitedFor);
            CompletableFuture<List<Outcome>> again = append(sink, report(1));
            CompletableFuture<List<Outcome>> twice = append(sink, report(2), other, report(2));
            awaitCallers();
            disk.open();

            assertThat(again.join()).containsExactly(Outcome.DUPLICATE);
            assertThat(twice.join()).containsExactly(Outcome.STORED, Outcome.CONFLICT, Outcome.DUPLICATE);
            assertThat(exported(sink)).isEqualTo(jsonOf(1, 2));
        }
    }

    @Test
    void noAnswerRestsOnASyncThatFailed() throws Exception {
        try (JsonlSink sink = open(Durability.ALWAYS);
                disk) {
            disk.shut();
            append(sink, report(1));
            Await.until("the first report is being synced", LONG, disk::isWaitedFor);
            CompletableFuture<List<Outcome>> stored = append(sink, report(2));
            CompletableFuture<List<Outcome>> duplicate = append(sink, report(2));
            awaitCallers();
            int secondSync = disk.operations() + 3;
            disk.failWhen(operation -> operation == secondSync);
            disk.open();

            for (CompletableFuture<List<Outcome>> answer : List.of(stored, duplicate)) {
                assertThatThrownBy(answer::join)
                        .isInstanceOf(CompletionException.class)
                        .hasMessageContaining("Input/output error");
            }
            assertThat(sink.append(List.of(report(2)))).containsExactly(Outcome.STORED);
            assertThat(exported(sink)).isEqualTo(jsonOf(1, 2));
        }
    }

    @Test
    void whatIsNotSyncedYetIsNotServed() throws Exception {
        try (JsonlSink sink = open(Durability.ALWAYS);
                disk) {
            sink.append(List.of(report(1)));
            disk.shut();
            append(sink, report(2));
            Await.until("the second report is being synced", LONG, disk::isWaitedFor);
            assertThat(exported(sink)).isEqualTo(jsonOf(1, 1));
            disk.open();
        }
    }

    @Test
    void beyond16MebibytesTheSinkIsBusy() throws Exception {
        List<ReceivedReport> large = new ArrayList<>();
        for (int number = 1; number <= 3; number++) {
            large.add(report(new UUID(0, number), "n:" + "x".repeat(6 << 20), NOON));
        }
        try (JsonlSink sink = open(Durability.ALWAYS);
                disk) {
            disk.shut();
            CompletableFuture<List<Outcome>> first = append(sink, large.get(0));
            CompletableFuture<List<Outcome>> second = append(sink, large.get(1));
            awaitCallers();
            assertThatThrownBy(() -> sink.append(List.of(large.get(2))))
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessageContaining("busy");
            disk.open();
            first.join();
            second.join();
            assertThat(sink.append(large)).containsExactly(Outcome.DUPLICATE, Outcome.DUPLICATE, Outcome.STORED);
        }
    }

    @Test
    void closingKeepsWhatWaits() throws Exception {
        try (JsonlSink sink = open(Durability.ALWAYS);
                disk) {
            disk.shut();
            CompletableFuture<List<Outcome>> first = append(sink, report(1));
            CompletableFuture<List<Outcome>> second = append(sink, report(2));
            awaitCallers();
            CompletableFuture<Boolean> closed = run(() -> close(sink));
            awaitCallers();
            disk.open();
            closed.join();

            assertThat(first.join()).containsExactly(Outcome.STORED);
            assertThat(second.join()).containsExactly(Outcome.STORED);
            assertThatThrownBy(() -> sink.append(List.of(report(3)))).hasMessageContaining("closed");
        }
    }

    @Test
    void theDurabilityDecidesWhenTheDiskIsAsked() throws Exception {
        int opened;
        try (JsonlSink sink = open(Durability.OS);
                disk) {
            opened = disk.syncs();
            sink.append(List.of(report(1)));
            assertThat(disk.syncs()).isEqualTo(opened);
        }
        assertThat(disk.syncs()).isEqualTo(opened + 1);
        try (JsonlSink sink = open(Durability.INTERVAL);
                disk) {
            int syncs = disk.syncs();
            disk.shut();
            assertThat(sink.append(List.of(report(2)))).containsExactly(Outcome.STORED);
            assertThat(disk.syncs()).isEqualTo(syncs);
            disk.open();
            Await.until("the report is synced", LONG, () -> disk.syncs() == syncs + 1);
        }
    }

    @Test
    void aStrayInterruptOfTheWriterDoesNoHarm() throws Exception {
        try (JsonlSink sink = open(Durability.ALWAYS);
                disk) {
            for (int number = 1; number <= 5; number++) {
                writer().interrupt();
                assertThat(sink.append(List.of(report(number)))).containsExactly(Outcome.STORED);
            }
            assertThat(exported(sink)).isEqualTo(jsonOf(1, 5));
        }
    }

    @Test
    void anInterruptedCallerGetsItsAnswerAndStaysInterrupted() throws Exception {
        try (JsonlSink sink = open(Durability.ALWAYS);
                disk) {
            Thread.currentThread().interrupt();
            assertThat(sink.append(List.of(report(1)))).containsExactly(Outcome.STORED);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void manyThreadsAppendAndReadAtOnce() throws Exception {
        int threads = 16;
        int each = 200;
        AtomicInteger acknowledged = new AtomicInteger();
        try (JsonlSink sink = JsonlSink.open(Sample.settings(root, Durability.ALWAYS, 20_000), new LocalDisk(), NOON)) {
            List<CompletableFuture<Void>> running = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int from = thread * each;
                running.add(run(() -> {
                    for (int number = from; number < from + each; number++) {
                        assertThat(sink.append(List.of(report(number)))).containsExactly(Outcome.STORED);
                        acknowledged.incrementAndGet();
                    }
                    return null;
                }));
            }
            while (acknowledged.get() < threads * each && running.stream().noneMatch(this::hasFailed)) {
                int before = acknowledged.get();
                QueryResult result = sink.query(Query.count());
                assertThat(result.coverage().matched()).isGreaterThanOrEqualTo(before);
                assertThat(result.coverage().damaged()).isZero();
            }
            running.forEach(CompletableFuture::join);
            assertThat(exported(sink)).hasSize(threads * each).doesNotHaveDuplicates();
        }
    }

    private boolean hasFailed(CompletableFuture<?> running) {
        return running.isCompletedExceptionally();
    }

    private JsonlSink open(Durability durability) throws IOException {
        return JsonlSink.open(Sample.settings(root, durability, 1 << 20), disk, NOON);
    }

    private CompletableFuture<List<Outcome>> append(JsonlSink sink, ReceivedReport... reports) {
        return run(() -> sink.append(List.of(reports)));
    }

    private <T> CompletableFuture<T> run(Callable<T> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                result.complete(call.call());
            } catch (Exception | AssertionError failed) {
                result.completeExceptionally(failed);
            }
        });
        callers.add(caller);
        caller.start();
        return result;
    }

    /** Waits until all callers wait for their answers. */
    private void awaitCallers() throws Exception {
        for (Thread caller : callers) {
            Await.until("the caller waits", LONG, () -> waitsForAnswer(caller));
        }
    }

    /** Closes a sink that is closed once more at the end of its test. */
    private static boolean close(JsonlSink sink) throws IOException {
        sink.close();
        return true;
    }

    private static boolean waitsForAnswer(Thread caller) {
        return caller.getState() == Thread.State.WAITING
                && Arrays.stream(caller.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("join"));
    }

    private static Thread writer() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("usagestats-jsonl-" + Sample.INSTANCE))
                .findFirst()
                .orElseThrow();
    }
}
