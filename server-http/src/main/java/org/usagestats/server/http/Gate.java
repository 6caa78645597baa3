package org.usagestats.server.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets a number of requests work at a time, and none once it is shut. */
public final class Gate {

    /** The work of a request. */
    public interface Work {

        /**
         * Does it.
         *
         * @throws Refusal if the request is not granted
         * @throws IOException if the client cannot be reached
         */
        void run() throws Refusal, IOException;
    }

    private final int places;
    private final Semaphore free;
    private volatile boolean open = true;

    /**
     * Opens one.
     *
     * @param places how many requests may work at a time
     */
    public Gate(int places) {
        this.places = places;
        this.free = new Semaphore(places);
    }

    /**
     * Does the work here and now.
     *
     * @param work what to do
     * @throws Refusal if there is no free place, or the work refuses
     * @throws IOException if the work fails so
     */
    public void pass(Work work) throws Refusal, IOException {
        if (!open || !free.tryAcquire()) {
            throw Refusal.busy();
        }
        try {
            work.run();
        } finally {
            free.release();
        }
    }

    /**
     * Tells whether it lets anybody in.
     *
     * @return whether it was not shut
     */
    public boolean isOpen() {
        return open;
    }

    /**
     * Lets nobody in any more and waits until all work is done, or the time is up.
     *
     * @param patience how long to wait
     * @return whether all work is done
     * @throws InterruptedException if the wait is to end now
     */
    public boolean shut(Duration patience) throws InterruptedException {
        open = false;
        return free.tryAcquire(places, patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
