package org.usagestats.sink.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usagestats.sink.Outcome.CONFLICT;
import static org.usagestats.sink.Outcome.DUPLICATE;
import static org.usagestats.sink.Outcome.STORED;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.kit.IdWindow;
import org.usagestats.testkit.Await;
import org.usagestats.testkit.ReceivedReports;

class KnownReportsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final KnownReports known = new KnownReports(new IdWindow());

    @Test
    void repeatOfAReportThatIsBeingStoredWaitsUntilItIsKept() throws Exception {
        KnownReports.Claim first = known.claim(List.of(report(1, "a")));
        CompletableFuture<List<Outcome>> same = claimElsewhere(report(1, "a"));
        CompletableFuture<List<Outcome>> other = claimElsewhere(report(1, "b"), report(2, "a"));

        assertThat(known.claim(List.of(report(3, "a"))).outcomes()).containsExactly(STORED);
        assertThat(same).isNotDone();
        assertThat(other).isNotDone();

        known.keep(first);
        known.release(first);

        assertThat(same.get(10, TimeUnit.SECONDS)).containsExactly(DUPLICATE);
        assertThat(other.get(10, TimeUnit.SECONDS)).containsExactly(CONFLICT, STORED);
    }

    @Test
    void repeatOfAReportThatCouldNotBeStoredIsStoredInItsPlace() throws Exception {
        KnownReports.Claim failing = known.claim(List.of(report(1, "a")));
        CompletableFuture<List<Outcome>> same = claimElsewhere(report(1, "a"));

        known.release(failing);

        assertThat(same.get(10, TimeUnit.SECONDS)).containsExactly(STORED);
    }

    @Test
    void claimsThatCrossDoNotWaitForEachOther() throws Exception {
        CompletableFuture<Void> forth = CompletableFuture.runAsync(() -> claimOften(1, 2));
        CompletableFuture<Void> back = CompletableFuture.runAsync(() -> claimOften(2, 1));

        CompletableFuture.allOf(forth, back).get(30, TimeUnit.SECONDS);
    }

    @Test
    void closingWaitsForWhatIsBeingStored() throws Exception {
        KnownReports.Claim claim = known.claim(List.of(report(1, "a")));
        CompletableFuture<Boolean> closing = CompletableFuture.supplyAsync(known::close);
        Await.until("new claims to be refused", Duration.ofSeconds(10), this::isClosed);
        assertThat(closing).isNotDone();

        known.release(claim);

        assertThat(closing.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(known.close()).isFalse();
    }

    private boolean isClosed() {
        try {
            known.release(known.claim(List.of(report(9, "a"))));
            return false;
        } catch (IOException closed) {
            return true;
        }
    }

    private void claimOften(int first, int second) {
        try {
            for (int i = 0; i < 10_000; i++) {
                known.release(known.claim(List.of(report(first, "a"), report(second, "a"))));
            }
        } catch (IOException closed) {
            throw new CompletionException(closed);
        }
    }

    /** Claims on another thread, and returns when that one waits or is through. */
    private CompletableFuture<List<Outcome>> claimElsewhere(ReceivedReport... reports) throws Exception {
        CompletableFuture<List<Outcome>> outcomes = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                KnownReports.Claim claim = known.claim(List.of(reports));
                known.release(claim);
                outcomes.complete(claim.outcomes());
            } catch (IOException closed) {
                outcomes.completeExceptionally(closed);
            }
        });
        thread.setDaemon(true);
        thread.start();
        Await.until(
                "the other thread to wait",
                Duration.ofSeconds(10),
                () -> thread.getState() == Thread.State.WAITING || outcomes.isDone());
        return outcomes;
    }

    private static ReceivedReport report(int id, String content) {
        return ReceivedReports.text(NOW, "date:1.500", "content:" + content)
                .id(new UUID(0, id))
                .build();
    }
}
