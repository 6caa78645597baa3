package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** What waits for the writer: bounded by bytes, counted from the moment it is put in until it is {@link #release}d. */
final class AppendQueue {

    private final long capacity;
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<PendingAppend> waiting = new ArrayDeque<>();
    private long bytes;
    private boolean woken;
    private boolean closed;

    /**
     * Makes an empty queue.
     *
     * @param capacity how many bytes of lines it holds; a single append may have more
     */
    AppendQueue(long capacity) {
        this.capacity = capacity;
    }

    /**
     * Puts an append at the end.
     *
     * @throws IOException if the queue is full or closed
     */
    void put(PendingAppend append) throws IOException {
        lock.lock();
        try {
            if (closed) {
                throw new IOException("the sink is closed");
            }
            if (bytes > 0 && bytes + append.bytes() > capacity) {
                throw new IOException("the sink is busy: " + bytes + " bytes wait for the disk");
            }
            bytes += append.bytes();
            waiting.add(append);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes all that wait from the front, up to the first of another day, and waits if there is none.
     *
     * @param longest for how long to wait at the most
     * @return none if the time has passed, the queue is closed, or {@link #wake} was called
     */
    List<PendingAppend> take(Duration longest) {
        List<PendingAppend> batch = new ArrayList<>();
        lock.lock();
        try {
            long left = longest.toNanos();
            while (waiting.isEmpty() && !closed && !woken && left > 0) {
                left = changed.awaitNanos(left);
            }
            woken = false;
            LocalDate day = LocalDate.MIN;
            while (!waiting.isEmpty()
                    && (batch.isEmpty() || waiting.element().day().equals(day))) {
                day = waiting.element().day();
                batch.add(waiting.remove());
            }
            return batch;
        } catch (InterruptedException strayInterrupt) {
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Lets the one who takes go on, at once or next time, though nothing may wait. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Makes room again after a batch was answered. */
    void release(List<PendingAppend> batch) {
        lock.lock();
        try {
            for (PendingAppend append : batch) {
                bytes -= append.bytes();
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many bytes of lines wait, or are just being written. */
    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    /** Lets nothing in any more; what is in can still be taken. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Tells whether there is nothing to take and never will be. */
    boolean isDrained() {
        lock.lock();
        try {
            return closed && waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
