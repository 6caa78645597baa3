package org.usagestats.core;

/**
 * The client's one line in the host's log, at DEBUG and without a stack trace.
 *
 * <p>The logger is looked up only when there is something to say: the first one costs a short program about 13 ms.
 */
final class DebugLog {

    private DebugLog() {}

    static void say(String message) {
        System.getLogger("org.usagestats").log(System.Logger.Level.DEBUG, message);
    }

    /** What a stranger's exception says of itself, which may fail in its turn. */
    static String told(Throwable failed) {
        try {
            return failed.toString();
        } catch (Throwable unspeakable) {
            return failed.getClass().getName();
        }
    }
}
