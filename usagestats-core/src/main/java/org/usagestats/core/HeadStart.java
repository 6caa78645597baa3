package org.usagestats.core;

import java.util.concurrent.locks.LockSupport;

/**
 * Gets a hand-off ready while the program works, on a thread that ends by itself and keeps nobody waiting.
 *
 * <p>Nearly all that a hand-off takes is the JDK loading classes that most programs do without. A program that submits at once
 * is left alone: two threads that load the same classes only hold each other up.
 */
final class HeadStart extends Thread {

    /** How long a program has worked before it is one that works. */
    private static final long PAUSE_NANOS = 20_000_000;

    private final Installation installation;

    HeadStart(Installation installation) {
        super("usagestats-head-start");
        this.installation = installation;
        setDaemon(true);
    }

    /** Starts the thread; on a system that grants none the hand-off takes the time it takes. */
    void begin() {
        try {
            start();
        } catch (OutOfMemoryError noThread) {
            DebugLog.say("the hand-off could not be prepared: " + noThread);
        }
    }

    @Override
    public void run() {
        LockSupport.parkNanos(PAUSE_NANOS);
        try {
            installation.prepare();
        } catch (Throwable failed) {
            DebugLog.say("the hand-off could not be prepared: " + DebugLog.told(failed));
        }
    }
}
