package org.usagestats.sink.jsonl;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Does on a thread of its own what becomes due when a segment is sealed, rewritten or too old, so that neither those who append nor
 * the next start wait for it.
 */
final class Upkeep implements Closeable {

    private static final System.Logger LOG = System.getLogger("org.usagestats.sink.jsonl");

    /** How often a look is taken whether a segment was sealed, between two rounds. */
    private static final int LOOKS = 15;

    private final Settings settings;
    private final Writer writer;
    private final Chore first;
    private final List<Chore> chores;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /** What there is to do in each round. */
    interface Chore {
        void run(Round round) throws IOException;
    }

    /**
     * A round.
     *
     * @param now when it began
     * @param open the number of the first segment of this instance that is not sealed
     * @param closing what the sink counts down when it closes
     */
    record Round(Instant now, long open, CountDownLatch closing) {

        LocalDate today() {
            return LocalDate.ofInstant(now, ZoneOffset.UTC);
        }

        /** Tells whether what takes long is to end at once. */
        boolean isCutShort() {
            return closing.getCount() == 0;
        }
    }

    private Upkeep(Settings settings, Writer writer, Chore first, List<Chore> chores) {
        this.settings = settings;
        this.writer = writer;
        this.first = first;
        this.chores = chores;
    }

    /**
     * Starts the thread.
     *
     * @param first what to do once, before the first round
     * @param chores what to do in each round, in this order
     */
    static Upkeep start(Settings settings, Writer writer, Chore first, List<Chore> chores) {
        Upkeep upkeep = new Upkeep(settings, writer, first, chores);
        Thread thread = new Thread(upkeep::run, "usagestats-jsonl-upkeep-" + settings.instance());
        thread.setDaemon(true);
        thread.start();
        return upkeep;
    }

    private void run() {
        try {
            long open = writer.frontier().sequence();
            runOrLog(first, new Round(Instant.now(), open, closing));
            while (!isClosingAfterWaitFor(open)) {
                open = writer.frontier().sequence();
                round(new Round(Instant.now(), open, closing));
            }
        } finally {
            ended.complete(null);
        }
    }

    /** Waits until it is time for a round, at the latest when the open segment is another. */
    private boolean isClosingAfterWaitFor(long open) {
        Duration look = settings.pace().dividedBy(LOOKS);
        for (int looks = 0; looks < LOOKS && writer.frontier().sequence() == open; looks++) {
            if (isClosing(look)) {
                return true;
            }
        }
        return isClosing(Duration.ZERO);
    }

    private boolean isClosing(Duration patience) {
        try {
            return closing.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException strayInterrupt) {
            return false;
        }
    }

    private void round(Round round) {
        for (Chore chore : chores) {
            if (!round.isCutShort()) {
                runOrLog(chore, round);
            }
        }
    }

    private void runOrLog(Chore chore, Round round) {
        try {
            chore.run(round);
        } catch (IOException failed) {
            LOG.log(
                    Level.WARNING,
                    "the next round will do what this could not in "
                            + settings.layout().root() + ": " + Failure.reason(failed));
        }
    }

    /** Ends the thread, at the latest after the segment that it is at. */
    @Override
    public void close() {
        closing.countDown();
        ended.join();
    }
}
