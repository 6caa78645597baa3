package org.usagestats.core;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.usagestats.spi.Dispatcher;
import org.usagestats.spi.DrainProcess;

/**
 * Drains in a process of its own that outlives this one; where none can be started, in this process.
 *
 * <p>Of a crowd of programs that find the spool due at the same moment, one starts the process: it notes under the spool's
 * lock that it did, and for the longest time that such a process can live nobody else does.
 */
final class DetachedDispatch implements Dispatch {

    private static final long LONGEST_LIFE_MILLIS = 75_000;

    private final Spool spool;
    private final UsageStatsClient.Builder settings;
    private final TransportSource source;
    private final Dispatch fallback;
    private volatile @Nullable Launch prepared;
    private volatile boolean started;

    DetachedDispatch(Spool spool, UsageStatsClient.Builder settings, TransportSource source, Dispatch fallback) {
        this.spool = spool;
        this.settings = settings;
        this.source = source;
        this.fallback = fallback;
    }

    @Override
    public void start() {
        started = true;
        try {
            if (!launch()) {
                fallback.start();
            }
        } catch (IOException | RuntimeException | OutOfMemoryError failed) {
            DebugLog.say("the drain could not be started in a process of its own: " + failed);
            fallback.start();
        }
    }

    @Override
    public void close(Duration wait) {
        fallback.close(wait);
    }

    /**
     * Finds what the hand-off takes and loads what it needs, while the program works. It takes no lock: a program that hands
     * off meanwhile does all of it itself and waits for nobody, and the rest of this is left out.
     */
    @Override
    public void prepare() throws IOException {
        boolean isComing = !isOnItsWay(DrainState.read(spool), System.currentTimeMillis());
        Launch launch = isComing ? find() : null;
        if (launch != null && !started) {
            prepared = launch;
            launch.dispatcher.prepare(launch.process);
        }
        if (launch != null && !started) {
            child().isKept(spool);
            DirectoryLock.prepare(settings.directory().path());
        }
    }

    /** Starts the process unless one is on its way. Returns false where this program cannot start one. */
    private boolean launch() throws IOException {
        Launch launch = prepared;
        if (launch == null) {
            launch = find();
        }
        if (launch == null) {
            return false;
        }
        if (claim(System.currentTimeMillis())) {
            try {
                launch.dispatcher.start(launch.process);
            } catch (IOException | RuntimeException | OutOfMemoryError failed) {
                note(0);
                throw failed;
            }
        }
        return true;
    }

    private @Nullable Launch find() {
        DrainProcess process = new JavaCommand(source.provider().getClass())
                .drainOf(settings.directory().path(), JavaCommand.passedOn(settings.environment, settings.variable));
        return process == null
                ? null
                : new Launch(process, settings.plugins().dispatcher("detached").open());
    }

    /** What to start, and by whom. */
    private static final class Launch {

        final DrainProcess process;
        final Dispatcher dispatcher;

        Launch(DrainProcess process, Dispatcher dispatcher) {
            this.process = process;
            this.dispatcher = dispatcher;
        }
    }

    private ChildFile child() {
        return new ChildFile(
                settings.program,
                settings.variable,
                settings.source(settings.requiredDropPoint()).config(),
                settings.consentStoreName,
                ChildFile.networkProperties(settings.environment));
    }

    /** Notes that a process is started now; false if somebody else drains, or has started one. */
    private boolean claim(long now) throws IOException {
        if (isOnItsWay(DrainState.read(spool), now)) {
            return false;
        }
        DrainLock lock = spool.directory().tryLock();
        if (lock == null) {
            return false;
        }
        try (lock) {
            DrainState state = DrainState.read(spool);
            if (isOnItsWay(state, now)) {
                return false;
            }
            child().write(spool);
            state.launchedAt(now).write(spool);
            return true;
        }
    }

    private static boolean isOnItsWay(DrainState state, long now) {
        long age = now - state.launched();
        return age >= 0 && age < LONGEST_LIFE_MILLIS;
    }

    private void note(long launched) throws IOException {
        DrainLock lock = spool.directory().tryLock();
        if (lock != null) {
            try (lock) {
                DrainState.read(spool).launchedAt(launched).write(spool);
            }
        }
    }
}
