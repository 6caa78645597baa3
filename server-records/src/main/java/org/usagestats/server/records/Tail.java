package org.usagestats.server.records;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.usagestats.sink.ReportTail;
import org.usagestats.sink.ReportTaker;

/**
 * Prints the newest reports of a sink, a canonical JSON object a line, and then those that arrive; damage goes to standard error. Not
 * for use by several threads.
 */
public final class Tail {

    private static final Duration PAUSE = Duration.ofMillis(300);

    /** After a look that took long, so much longer is the pause: it may cost a tenth of a processor. */
    private static final int PAUSE_FACTOR = 9;

    private static final Duration LAST_LINE = Duration.ofSeconds(2);

    private final ReportTail reports;
    private final PrintStream out;
    private final PrintStream err;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    /**
     * Stands before the first of them.
     *
     * @param reports the newest, then those that arrive; is not closed
     * @param out where they are printed
     * @param err where damage is told
     */
    public Tail(ReportTail reports, PrintStream out, PrintStream err) {
        this.reports = reports;
        this.out = out;
        this.err = err;
    }

    /**
     * Prints what was not printed yet.
     *
     * @throws IOException if it cannot be read
     */
    public void print() throws IOException {
        reports.read(new Printer());
        out.flush();
    }

    /**
     * Prints what arrives until a signal ends the program, with status 0, or nobody reads what is printed.
     *
     * @throws IOException if it cannot be read
     */
    public void followUntilSignal() throws IOException {
        Thread onSignal = new Thread(this::endProgram, "usagestats-stop");
        Runtime.getRuntime().addShutdownHook(onSignal);
        try {
            follow();
        } finally {
            ended.countDown();
            leave(onSignal);
        }
    }

    private void follow() throws IOException {
        try {
            Duration pause = PAUSE;
            while (!out.checkError() && !asked.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                long start = System.nanoTime();
                print();
                Duration took = Duration.ofNanos(System.nanoTime() - start).multipliedBy(PAUSE_FACTOR);
                pause = took.compareTo(PAUSE) > 0 ? took : PAUSE;
            }
        } catch (InterruptedException ends) {
            Thread.currentThread().interrupt();
        }
    }

    private void leave(Thread onSignal) {
        try {
            Runtime.getRuntime().removeShutdownHook(onSignal);
        } catch (IllegalStateException theSignalCame) {
            // Then that thread ends the program.
            asked.countDown();
        }
    }

    /** Waits for the line that is just being printed. */
    private void endProgram() {
        asked.countDown();
        try {
            ended.await(LAST_LINE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(0);
    }

    private final class Printer implements ReportTaker {

        @Override
        public void report(Place place, byte[] json) {
            out.write(json, 0, json.length);
            out.write('\n');
        }

        @Override
        public void damage(Place place, String reason) {
            err.println("usagestats-server: " + Escapes.line(place + ": " + reason));
        }
    }
}
