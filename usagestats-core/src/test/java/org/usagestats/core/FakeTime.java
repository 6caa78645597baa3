package org.usagestats.core;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Clocks that a test moves. While time passes, the thread that goes by them does all it has to do, one wait after the other,
 * so that what a test sees does not depend on how fast threads run.
 */
final class FakeTime extends Time {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_AGAIN_NANOS = 20_000;

    private final Object clocks = new Object();
    private long steady = 1_000_000;
    private long wall;

    private volatile Thread worker;
    private volatile Object monitor = new Object();

    /** Whether the thread waits, and until when; for whoever holds the monitor. */
    private boolean waits;

    private long wakes;

    private volatile int threads;

    FakeTime(long wall) {
        this.wall = wall;
    }

    @Override
    long steadyMillis() {
        synchronized (clocks) {
            return steady;
        }
    }

    @Override
    long wallMillis() {
        synchronized (clocks) {
            return wall;
        }
    }

    @Override
    void start(Thread thread) {
        threads++;
        waits = false;
        worker = thread;
        thread.start();
    }

    @Override
    void pause(Object held, long millis) throws InterruptedException {
        monitor = held;
        waits = true;
        wakes = steadyMillis() + millis;
        held.wait();
        waits = false;
    }

    /** How many threads were started so far. */
    int threads() {
        return threads;
    }

    boolean hasThread() {
        settle();
        return worker != null && worker.isAlive();
    }

    /** Lets time pass, both clocks alike. */
    void pass(Duration time) {
        settle();
        long end = steadyMillis() + time.toMillis();
        while (steadyMillis() < end) {
            synchronized (monitor) {
                long step = (waits ? Math.min(wakes, end) : end) - steadyMillis();
                move(Math.max(0, step), step);
            }
            settle();
        }
    }

    /** Lets the machine sleep, or sets its clock: the time of day moves alone. */
    void moveWall(Duration by) {
        move(0, by.toMillis());
        settle();
    }

    private void move(long steadyBy, long wallBy) {
        synchronized (clocks) {
            steady += steadyBy;
            wall += wallBy;
        }
    }

    /** Wakes the thread, and waits until it has nothing to do, or has ended. */
    void settle() {
        synchronized (monitor) {
            waits = false;
            monitor.notifyAll();
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (worker != null && worker.isAlive() && !isWaiting()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("the thread does not come to rest");
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    private boolean isWaiting() {
        synchronized (monitor) {
            return waits;
        }
    }
}
