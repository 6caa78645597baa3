package org.usagestats.server;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets a number of requests work at a time, and none once it is shut. */
final class Gate {

    /** The work of a request. */
    interface Work {
        void run() throws Refusal, IOException;
    }

    private final int places;
    private final Semaphore free;
    private volatile boolean open = true;

    Gate(int places) {
        this.places = places;
        this.free = new Semaphore(places);
    }

    /**
     * Does the work here and now.
     *
     * @throws Refusal if there is no free place, or the work refuses
     */
    void pass(Work work) throws Refusal, IOException {
        if (!open || !free.tryAcquire()) {
            throw Refusal.busy();
        }
        try {
            work.run();
        } finally {
            free.release();
        }
    }

    boolean isOpen() {
        return open;
    }

    /** Lets nobody in any more and waits until all work is done, or the time is up: then false. */
    boolean shut(Duration patience) throws InterruptedException {
        open = false;
        return free.tryAcquire(places, patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
