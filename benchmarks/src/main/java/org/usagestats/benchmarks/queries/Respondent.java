package org.usagestats.benchmarks.queries;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One who was started and answers questions. */
interface Respondent extends Closeable {

    /**
     * Asks once or several times in a row.
     *
     * @param patience how often
     */
    Turn ask(Question question, Patience patience) throws IOException, InterruptedException;

    /**
     * How often to ask.
     *
     * @param millis for so long; at least once
     * @param times so often at most
     */
    record Patience(long millis, int times) {

        static final Patience ONCE = new Patience(0, 1);

        /** Until its code is compiled. */
        static final Patience TO_WARM_UP = new Patience(1500, 2000);

        static final Patience A_TURN = new Patience(200, 15);

        boolean isOver(long start, int asked) {
            return asked >= times || (asked > 0 && System.nanoTime() - start > TimeUnit.MILLISECONDS.toNanos(millis));
        }
    }

    /**
     * What it said.
     *
     * @param rows the answer: cells separated by tabs
     * @param nanos how long each answer took
     */
    record Turn(List<String> rows, List<Long> nanos) {}
}
