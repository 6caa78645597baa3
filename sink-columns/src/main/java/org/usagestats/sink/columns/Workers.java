package org.usagestats.sink.columns;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Shares the work of a question among the processors, if nobody else needs them. The thread that asks works too. For use by
 * several threads.
 */
public final class Workers implements Closeable {

    private final int others;
    private final BooleanSupplier busy;
    private final ExecutorService threads;

    /**
     * Starts threads as they are needed.
     *
     * @param name what the names of the threads begin with
     * @param threads how many work in all
     * @param busy tells whether there is something more urgent to do: then a question is worked on by one thread alone, and by that
     *     only half of the time
     */
    public Workers(String name, int threads, BooleanSupplier busy) {
        this.busy = busy;
        this.others = threads - 1;
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Does tasks.
     *
     * @return their results in their order
     * @throws IOException what a task throws; then those that were not begun are left
     */
    public <T> List<T> all(List<Callable<T>> tasks) throws IOException {
        Object[] results = new Object[tasks.size()];
        AtomicInteger next = new AtomicInteger();
        Callable<Void> share = () -> {
            for (int i = next.getAndIncrement(); i < results.length; i = next.getAndIncrement()) {
                long begun = System.nanoTime();
                results[i] = tasks.get(i).call();
                if (busy.getAsBoolean()) {
                    LockSupport.parkNanos(System.nanoTime() - begun);
                }
            }
            return null;
        };
        List<Future<Void>> shares = new ArrayList<>();
        int helping = busy.getAsBoolean() ? 0 : Math.min(others, tasks.size() - 1);
        for (int i = 0; i < helping; i++) {
            shares.add(threads.submit(share));
        }
        try {
            share.call();
            for (Future<Void> other : shares) {
                other.get();
            }
        } catch (ExecutionException failed) {
            throw asIoException(failed.getCause());
        } catch (Exception failed) {
            throw asIoException(failed);
        } finally {
            next.set(results.length);
            waitFor(shares);
        }
        List<T> list = new ArrayList<>(results.length);
        for (Object result : results) {
            @SuppressWarnings("unchecked")
            T typed = (T) result;
            list.add(typed);
        }
        return list;
    }

    /** What is done to each of some things. */
    interface Work<S> {
        void on(S one) throws IOException;
    }

    /** Does something to each of some things. */
    <S> void each(List<S> things, Work<S> work) throws IOException {
        List<Callable<S>> tasks = new ArrayList<>();
        for (S thing : things) {
            tasks.add(() -> {
                work.on(thing);
                return thing;
            });
        }
        all(tasks);
    }

    /** Nobody is to work on a question that was given up. */
    private static void waitFor(List<Future<Void>> shares) {
        for (Future<Void> share : shares) {
            while (!share.isDone()) {
                Thread.onSpinWait();
            }
        }
    }

    private static IOException asIoException(@Nullable Throwable failed) {
        if (failed instanceof IOException known) {
            return known;
        }
        if (failed instanceof RuntimeException defect) {
            throw defect;
        }
        if (failed instanceof Error grave) {
            throw grave;
        }
        return new IOException("the question was interrupted", failed);
    }

    /** Ends its threads. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
