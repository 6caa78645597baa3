package org.usagestats.server.http;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A thread for each request that is being served.
 *
 * <p>Never fewer threads than requests: a request that waits for a thread would have to wait for slow clients, too.
 */
public final class ConnectionThreads {

    /** From this version on a virtual thread that waits in the HTTP server's locks leaves its carrier to others. */
    private static final int VIRTUAL_FROM = 24;

    private static final Duration IDLE = Duration.ofSeconds(30);

    private ConnectionThreads() {}

    /**
     * Makes virtual threads where they serve well, else daemon threads.
     *
     * @param threads how many daemon threads at the most
     * @return what runs each request on a thread of its own
     */
    public static ExecutorService atMost(int threads) {
        return Runtime.version().feature() < VIRTUAL_FROM ? daemons(threads) : virtual();
    }

    private static ExecutorService daemons(int most) {
        return new ThreadPoolExecutor(
                0, most, IDLE.toMillis(), TimeUnit.MILLISECONDS, new SynchronousQueue<>(), ConnectionThreads::daemon);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "usagestats-server");
        thread.setDaemon(true);
        return thread;
    }

    /** Called by name: this code also runs on versions that do not have it. */
    private static ExecutorService virtual() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException contradictsItsVersion) {
            throw new IllegalStateException(contradictsItsVersion);
        }
    }
}
