package org.usagestats.server;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets a number of requests in at a time, and none once it is shut. */
final class Gate {

    private final int places;
    private final Semaphore free;
    private volatile boolean open = true;

    Gate(int places) {
        this.places = places;
        this.free = new Semaphore(places);
    }

    /** Takes a place without waiting, to be given back by {@link #leave()}; false if there is none. */
    boolean enter() {
        return open && free.tryAcquire();
    }

    void leave() {
        free.release();
    }

    boolean isOpen() {
        return open;
    }

    /** Lets nobody in any more and waits until all have left, or the time is up: then false. */
    boolean shut(Duration patience) throws InterruptedException {
        open = false;
        return free.tryAcquire(places, patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
