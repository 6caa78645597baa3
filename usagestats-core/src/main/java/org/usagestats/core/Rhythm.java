package org.usagestats.core;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.usagestats.api.Part;
import org.usagestats.api.Repetition;

/**
 * One repetition: when its next report is due, and what is in it.
 *
 * <p>An interval is over when the steady clock says so, or when the time of day does, some minutes after that is noticed:
 * the former stands still while the machine sleeps, the latter may be set. So a clock set back delays nothing, and one set
 * forward brings one report too early. The time of the last report is kept in a file of the spool's directory; one that
 * lies ahead is the work of a clock that was wrong, and as good as none.
 */
final class Rhythm implements Repetition {

    /** What the names of the files that keep the times of the last reports begin with. */
    static final String FILE = "repeated-";

    static final Duration SHORTEST = Duration.ofMinutes(1);
    static final Duration LONGEST = Duration.ofDays(366);

    /** The longest of the delays that are drawn by lot; for a short interval, a quarter of that. */
    static final Duration LONGEST_DELAY = Duration.ofMinutes(10);

    private final LongRun owner;
    private final int index;
    private final Directory directory;
    private final long interval;
    private final Supplier<? extends List<? extends Part>> parts;
    private final long delay;

    private boolean begun;

    /** When the next report is due by the steady clock, and when the last one known was made by the time of day. */
    private long due;

    private long last;

    Rhythm(LongRun owner, int index, Duration interval, Supplier<? extends List<? extends Part>> parts) {
        this.owner = owner;
        this.directory = owner.directory();
        this.index = index;
        this.interval = interval.toMillis();
        this.parts = parts;
        long longest = Math.min(LONGEST_DELAY.toMillis(), this.interval / 4);
        this.delay = longest / 10 + new Random().nextInt((int) (longest - longest / 10) + 1);
    }

    int index() {
        return index;
    }

    /** How long until the next report is due, in milliseconds; 0 if it is now. For one thread. */
    long untilDue(Time time) {
        long now = time.steadyMillis();
        long wall = time.wallMillis();
        if (!begun) {
            begun = true;
            due = now + delay;
            heedOthers(now, wall);
        }
        if (wall >= last) {
            due = Math.min(due, now + Math.max(0, interval - (wall - last)) + delay);
        }
        if (due <= now) {
            heedOthers(now, wall);
        }
        return Math.max(0, due - now);
    }

    /** Waits for the rest of the interval, and lets whoever reported go first, if that was another run or process. */
    private void heedOthers(long now, long wall) {
        long remembered = remembered();
        if (remembered == last) {
            return;
        }
        last = remembered;
        long elapsed = wall - last;
        if (last != 0 && elapsed >= 0 && elapsed < interval) {
            due = now + interval - elapsed + delay;
        }
    }

    /**
     * Takes note that a report is made now, and asks for its parts. That is noted first, so that a supplier which fails, or
     * ends the program, is not asked again before the interval is over.
     */
    Part[] parts(Time time) {
        last = time.wallMillis();
        due = time.steadyMillis() + interval;
        try {
            directory.replace(file(), Long.toString(last).getBytes(StandardCharsets.US_ASCII));
        } catch (IOException unwritable) {
            DebugLog.say("the time of a repeated report cannot be kept: " + unwritable);
        }
        return parts.get().toArray(new Part[0]);
    }

    private String file() {
        return FILE + index;
    }

    private long remembered() {
        try {
            boolean isKept = directory.size(file()) > 0;
            return isKept ? Long.parseLong(new String(directory.read(file()), StandardCharsets.US_ASCII)) : 0;
        } catch (IOException | NumberFormatException broken) {
            return 0;
        }
    }

    @Override
    public void close() {
        owner.remove(this);
    }
}
