package org.usagestats.sink.columns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkersTest {

    @Test
    void aQuestionIsSharedWhileNothingElseIsUrgent() throws IOException {
        CyclicBarrier together = new CyclicBarrier(2);
        Callable<Thread> meeting = () -> {
            together.await(60, TimeUnit.SECONDS);
            return Thread.currentThread();
        };
        try (Workers workers = new Workers("test", 2, () -> false)) {
            assertThat(workers.all(List.of(meeting, meeting)))
                    .contains(Thread.currentThread())
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void whileReportsComeOnlyTheThreadThatAsksWorks() throws IOException {
        try (Workers workers = new Workers("test", 8, () -> true)) {
            assertThat(workers.all(Collections.nCopies(50, Thread::currentThread)))
                    .hasSize(50)
                    .containsOnly(Thread.currentThread());
        }
    }
}
