package org.usagestats.server;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets few questions be worked on at a time, so that reports always find a free processor; the others wait in line. */
final class Turns {

    /** The work of a question. */
    interface Work<T> {
        T run() throws Refusal, IOException;
    }

    private final Semaphore free;
    private final Duration patience;

    /**
     * Makes some.
     *
     * @param patience how long a question waits in line
     */
    Turns(int atOnce, Duration patience) {
        this.free = new Semaphore(atOnce, true);
        this.patience = patience;
    }

    /**
     * Does the work here when its turn comes.
     *
     * @throws Refusal if its turn does not come in time, or the work refuses
     */
    <T> T take(Work<T> work) throws Refusal, IOException {
        if (!isMine()) {
            throw Refusal.busy();
        }
        try {
            return work.run();
        } finally {
            free.release();
        }
    }

    private boolean isMine() {
        try {
            return free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
