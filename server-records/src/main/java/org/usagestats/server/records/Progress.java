package org.usagestats.server.records;

import java.io.PrintStream;
import java.time.Duration;

/** Shows on a terminal how far something long has come; elsewhere nothing. */
final class Progress {

    private static final long EVERY = Duration.ofMillis(200).toNanos();
    private static final String CLEAR_LINE = "\r\033[K";

    private final PrintStream err;
    private final boolean terminal;
    private long shownAt = System.nanoTime();
    private boolean shown;

    private Progress(PrintStream err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    /** Shows it on standard error, if somebody sits there. */
    @SuppressWarnings("SystemConsoleNull") // The program has asked for the console that is there on a terminal only.
    static Progress on(PrintStream err) {
        return new Progress(err, System.console() != null);
    }

    void show(long reports) {
        if (terminal && System.nanoTime() - shownAt > EVERY) {
            err.print(CLEAR_LINE + reports + " reports");
            err.flush();
            shownAt = System.nanoTime();
            shown = true;
        }
    }

    /** Makes room for a line. */
    void clear() {
        if (shown) {
            err.print(CLEAR_LINE);
            shown = false;
        }
    }
}
