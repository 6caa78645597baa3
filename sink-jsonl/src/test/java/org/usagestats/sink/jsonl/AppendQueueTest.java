package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usagestats.sink.jsonl.Sample.report;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.usagestats.sink.kit.IdWindow;
import org.usagestats.testkit.Await;

class AppendQueueTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration FOR_EVER = Duration.ofDays(1);

    private final AppendQueue queue = new AppendQueue(1 << 20);
    private final IdWindow window = new IdWindow();
    private final CompletableFuture<List<PendingAppend>> taken = new CompletableFuture<>();

    @Test
    void onASlowDiskThoseWhoWereAnsweredAreWaitedFor() throws Exception {
        PendingAppend one = append(1);
        PendingAppend other = append(2);
        queue.put(one);
        queue.expect(1);
        Thread taker = take(slow());
        Await.until("it waits for the other", LONG, () -> taker.getState() == Thread.State.TIMED_WAITING);
        assertThat(taken).isNotDone();
        queue.put(other);
        assertThat(taken.join()).containsExactly(one, other);
    }

    @Test
    void whoDoesNotComeAgainIsNotWaitedForLong() throws Exception {
        PendingAppend one = append(1);
        queue.put(one);
        queue.expect(1);
        Gathering gathering = new Gathering();
        gathering.took(Duration.ofMillis(80));
        assertThat(queue.take(FOR_EVER, gathering)).containsExactly(one);
    }

    @Test
    void whoComesAloneWaitsForNobody() throws Exception {
        PendingAppend one = append(1);
        queue.expect(1);
        queue.put(one);
        assertThat(queue.take(FOR_EVER, slow())).containsExactly(one);
    }

    @Test
    void onAFastDiskNobodyIsWaitedFor() throws Exception {
        PendingAppend one = append(1);
        queue.put(one);
        queue.expect(7);
        Gathering gathering = new Gathering();
        gathering.took(Duration.ofNanos(2_000_000));
        assertThat(gathering.left()).isNotPositive();
        assertThat(queue.take(FOR_EVER, gathering)).containsExactly(one);
    }

    @Test
    void nobodyIsWaitedForOnceTheQueueIsClosed() throws Exception {
        PendingAppend one = append(1);
        queue.put(one);
        queue.expect(7);
        Thread taker = take(slow());
        Await.until("it waits for others", LONG, () -> taker.getState() == Thread.State.TIMED_WAITING);
        queue.close();
        assertThat(taken.join()).containsExactly(one);
    }

    private Thread take(Gathering gathering) {
        Thread taker = new Thread(() -> taken.complete(queue.take(FOR_EVER, gathering)));
        taker.setDaemon(true);
        taker.start();
        return taker;
    }

    /** So slow that a wait for others would not end within a test. */
    private static Gathering slow() {
        Gathering gathering = new Gathering();
        gathering.took(FOR_EVER);
        return gathering;
    }

    private PendingAppend append(int number) throws IOException {
        return PendingAppend.of(List.of(report(number)), window);
    }
}
