package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.usagestats.sink.jsonl.InstanceLock.NEWEST_SEGMENT;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.testkit.Await;

/** Nobody changes the newest segment of an instance that runs, and an instance that starts waits for who does just now. */
class BriefLockTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Path LOCKS = Path.of("/proc/locks");

    @TempDir
    Path root;

    private Path lock;

    /** Opens a sink, says so, and keeps it open until it is killed. */
    static final class Holder {

        public static void main(String[] arguments) throws Exception {
            System.out.println("starting");
            JsonlSink sink = Sample.open(Path.of(arguments[0]));
            System.out.println("open");
            System.in.read();
            sink.close();
        }
    }

    @BeforeEach
    void prepare() throws IOException {
        Sample.open(root).close();
        lock = new Layout(root).instanceLock(Sample.INSTANCE);
    }

    @Test
    void isNotTakenFromAnInstanceThatRunsHere() throws IOException {
        try (JsonlSink sink = Sample.open(root)) {
            assertThat(BriefLock.holding(lock, NEWEST_SEGMENT, BriefLockTest::mustNotRun))
                    .isFalse();
            assertThat(sink.append(List.of(Sample.report(1)))).hasSize(1);
        }
        assertThat(BriefLock.holding(lock, NEWEST_SEGMENT, () -> {})).isTrue();
    }

    @Test
    void isNotTakenFromAnInstanceThatRunsInAnotherProcess() throws Exception {
        Process holder = ChildJvm.start(Holder.class, root.toString());
        try (BufferedReader said = holder.inputReader()) {
            assertThat(said.readLine()).isEqualTo("starting");
            assertThat(said.readLine()).isEqualTo("open");
            assertThat(BriefLock.holding(lock, NEWEST_SEGMENT, BriefLockTest::mustNotRun))
                    .isFalse();
        } finally {
            holder.destroyForcibly().waitFor();
        }
        assertThat(BriefLock.holding(lock, NEWEST_SEGMENT, () -> {})).isTrue();
    }

    @Test
    void anInstanceThatStartsHereWaits() throws IOException {
        StringBuffer order = new StringBuffer();
        CompletableFuture<Void> opened = new CompletableFuture<>();
        BriefLock.holding(lock, NEWEST_SEGMENT, () -> {
            CompletableFuture<Void> opening = CompletableFuture.runAsync(() -> open(order));
            opening.whenComplete((nothing, failure) -> opened.complete(null));
            assertThat(BriefLock.holding(lock, NEWEST_SEGMENT, BriefLockTest::mustNotRun))
                    .isFalse();
            await("somebody claims the file", BriefLockTest::isClaiming);
            order.append("rewritten ");
        });
        opened.join();
        assertThat(order).hasToString("rewritten opened");
    }

    @Test
    void anInstanceThatStartsInAnotherProcessWaits() throws Exception {
        assumeTrue(Files.isReadable(LOCKS), "this system tells who waits for a lock");
        Process[] holder = new Process[1];
        BriefLock.holding(lock, NEWEST_SEGMENT, () -> {
            holder[0] = ChildJvm.start(Holder.class, root.toString());
            BufferedReader said = holder[0].inputReader();
            assertThat(said.readLine()).isEqualTo("starting");
            await("the process waits for the lock", () -> waitsForLock(holder[0].pid()));
            assertThat(said.ready()).as("it said that it is open").isFalse();
        });
        try (BufferedReader said = holder[0].inputReader()) {
            assertThat(said.readLine()).isEqualTo("open");
        } finally {
            holder[0].destroyForcibly().waitFor();
        }
    }

    private void open(StringBuffer order) {
        try {
            Sample.open(root).close();
            order.append("opened");
        } catch (IOException refused) {
            throw new CompletionException(refused);
        }
    }

    private static boolean isClaiming() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .anyMatch(call -> call.getClassName().endsWith(".BriefLock")
                        && call.getMethodName().equals("claim"));
    }

    private static boolean waitsForLock(long pid) throws IOException {
        return Files.readAllLines(LOCKS).stream()
                .anyMatch(line -> line.contains("-> ") && line.contains(" " + pid + " "));
    }

    private static void await(String what, Callable<Boolean> condition) throws IOException {
        try {
            Await.until(what, LONG, condition);
        } catch (Exception failed) {
            throw new IOException(failed);
        }
    }

    private static void mustNotRun() {
        throw new AssertionError("another holds this");
    }
}
