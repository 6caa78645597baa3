package org.usagestats.core;

/**
 * Gets a hand-off ready while the program works, on a thread that ends by itself and keeps nobody waiting.
 *
 * <p>Nearly all that a hand-off takes is the JDK loading classes that most programs do without.
 */
final class HeadStart extends Thread {

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
        try {
            installation.prepare();
        } catch (Throwable failed) {
            DebugLog.say("the hand-off could not be prepared: " + DebugLog.told(failed));
        }
    }
}
