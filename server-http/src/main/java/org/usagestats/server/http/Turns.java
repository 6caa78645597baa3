package org.usagestats.server.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets few requests be worked on at a time, so that others always find a free processor; the rest wait in line. */
public final class Turns {

    /**
     * The work of a request.
     *
     * @param <T> what comes of it
     */
    public interface Work<T> {

        /**
         * Does it.
         *
         * @return what comes of it
         * @throws Refusal if the request is not granted
         * @throws IOException if the work fails
         */
        T run() throws Refusal, IOException;
    }

    private final Semaphore free;
    private final Duration patience;

    /**
     * Makes some.
     *
     * @param atOnce how many requests may be worked on at a time
     * @param patience how long a request waits in line
     */
    public Turns(int atOnce, Duration patience) {
        this.free = new Semaphore(atOnce, true);
        this.patience = patience;
    }

    /**
     * Does the work here when its turn comes.
     *
     * @param work what to do
     * @param <T> what comes of it
     * @return what came of it
     * @throws Refusal if its turn does not come in time, or the work refuses
     * @throws IOException if the work fails
     */
    public <T> T take(Work<T> work) throws Refusal, IOException {
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
